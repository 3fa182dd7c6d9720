<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AnswerBar</name>
    <message>
        <source>Scan a board&apos;s label</source>
        <extracomment>shown before the first scan</extracomment>
        <translation>Escanee la etiqueta de una placa</translation>
    </message>
    <message>
        <source>Enter ends the scan</source>
        <extracomment>while a scan is being typed</extracomment>
        <translation>Intro termina el escaneo</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Audit log</source>
        <extracomment>for screen readers: the page of the audit log
----------
title of the page of the audit log</extracomment>
        <translation>Registro de auditoría</translation>
    </message>
    <message>
        <source>Verify now</source>
        <extracomment>button: follows the audit log from its first row to its last</extracomment>
        <translation>Verificar ahora</translation>
    </message>
    <message>
        <source>Sign now</source>
        <extracomment>button: has the HSM sign the audit log as it is now</extracomment>
        <translation>Firmar ahora</translation>
    </message>
    <message>
        <source>Rows, newest first</source>
        <extracomment>for screen readers</extracomment>
        <translation>Filas, las más nuevas primero</translation>
    </message>
    <message>
        <source>Nothing like that here</source>
        <extracomment>nothing in the audit log is what is looked for</extracomment>
        <translation>Nada así por aquí</translation>
    </message>
    <message>
        <source>Older</source>
        <extracomment>button: rows of the audit log from before these</extracomment>
        <translation>Anteriores</translation>
    </message>
    <message>
        <source>Newest</source>
        <extracomment>button: the audit log from its newest row on</extracomment>
        <translation>Las más nuevas</translation>
    </message>
    <message>
        <source>A copy to take away</source>
        <extracomment>heading: where the audit log may be written to</extracomment>
        <translation>Una copia para llevar</translation>
    </message>
    <message>
        <source>Scan a label or type a name, then Enter, to look for it</source>
        <extracomment>the audit log can be looked through by scanning</extracomment>
        <translation>Para buscar, escanee una etiqueta o escriba un nombre y pulse Intro</translation>
    </message>
    <message>
        <source>Rows with %1</source>
        <extracomment>%1 is what rows of the audit log are looked for that have it</extracomment>
        <translation>Filas con %1</translation>
    </message>
</context>
<context>
    <name>AuditRow</name>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>for screen readers: %1 a row&apos;s number in the audit log, %2 its kind, %3 what it says</extracomment>
        <translation>%1, %2: %3</translation>
    </message>
</context>
<context>
    <name>AuthorityPad</name>
    <message>
        <source>Passphrase</source>
        <extracomment>for screen readers: where a supervisor enters a passphrase</extracomment>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>One moment</source>
        <extracomment>while the signer looks at the passphrase and does what it is for</extracomment>
        <translation>Un momento</translation>
    </message>
    <message>
        <source>%1 characters entered</source>
        <extracomment>for screen readers; %1 is a number</extracomment>
        <translation>%1 caracteres introducidos</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>OK</source>
        <extracomment>key: the passphrase is whole</extracomment>
        <translation>Aceptar</translation>
    </message>
</context>
<context>
    <name>BatchOverview</name>
    <message>
        <source>What it is</source>
        <extracomment>heading
----------
for screen readers</extracomment>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>Three counts that must agree</source>
        <extracomment>heading of three numbers</extracomment>
        <translation>Tres cuentas que deben coincidir</translation>
    </message>
    <message>
        <source>signer</source>
        <extracomment>what the signer&apos;s ledger counts of a batch</extracomment>
        <translation>firmante</translation>
    </message>
    <message>
        <source>journal</source>
        <extracomment>what the journal counts of a batch</extracomment>
        <translation>diario</translation>
    </message>
    <message>
        <source>manifest</source>
        <extracomment>what the manifest counts of a batch</extracomment>
        <translation>manifiesto</translation>
    </message>
    <message>
        <source>Hand it over</source>
        <extracomment>heading: where the manifest may be written to</extracomment>
        <translation>Entregar</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>Batch</source>
        <extracomment>for screen readers: the page of one batch</extracomment>
        <translation>Lote</translation>
    </message>
    <message>
        <source>Pause</source>
        <extracomment>button: no board of this batch is begun until it is taken up again</extracomment>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Go on</source>
        <extracomment>button: a paused batch goes on</extracomment>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Close for good</source>
        <extracomment>button: ends a batch; asks first</extracomment>
        <translation>Cerrar definitivamente</translation>
    </message>
    <message>
        <source>Nothing is issued in a closed batch any more. Close it?</source>
        <extracomment>before a batch is closed</extracomment>
        <translation>En un lote cerrado no se emite nada más. ¿Cerrarlo?</translation>
    </message>
    <message>
        <source>Close it</source>
        <extracomment>button: ends a batch now</extracomment>
        <translation>Cerrarlo</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <extracomment>button: the batch is not closed</extracomment>
        <translation>Dejarlo abierto</translation>
    </message>
    <message>
        <source>Release it</source>
        <extracomment>button: a second supervisor lets a batch be as long as the first one asked</extracomment>
        <translation>Liberar</translation>
    </message>
    <message>
        <source>Extend</source>
        <extracomment>button: a supervisor asks for more units of this batch</extracomment>
        <translation>Ampliar</translation>
    </message>
    <message>
        <source>Figures</source>
        <extracomment>button: to the page of a batch&apos;s figures</extracomment>
        <translation>Cifras</translation>
    </message>
</context>
<context>
    <name>BatchRow</name>
    <message>
        <source>%1, %2, %3 of %4 recorded</source>
        <extracomment>for screen readers: %1 is a batch, %2 its kind, %3 of %4 units recorded</extracomment>
        <translation>%1, %2, %3 de %4 registradas</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>%1 of %2 units of a batch are recorded</extracomment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>%1 unresolved</source>
        <extracomment>%1 units were interrupted and wait for their board</extracomment>
        <translation>%1 sin resolver</translation>
    </message>
    <message>
        <source>More</source>
        <extracomment>button on a batch: to its own page</extracomment>
        <translation>Más</translation>
    </message>
    <message>
        <source>More about %1</source>
        <extracomment>for screen readers: %1 is a batch</extracomment>
        <translation>Más sobre %1</translation>
    </message>
</context>
<context>
    <name>BatchesPage</name>
    <message>
        <source>Batches</source>
        <extracomment>for screen readers: the page of the batches
----------
title of the page of batches for an auditor, who chooses none</extracomment>
        <translation>Lotes</translation>
    </message>
    <message>
        <source>Choose a batch</source>
        <extracomment>title of the page of batches</extracomment>
        <translation>Elija un lote</translation>
    </message>
    <message>
        <source>Refresh</source>
        <extracomment>button: read the list of batches again</extracomment>
        <translation>Actualizar</translation>
    </message>
    <message>
        <source>Open batches</source>
        <extracomment>for screen readers</extracomment>
        <translation>Lotes abiertos</translation>
    </message>
    <message numerus="yes">
        <source>%n unit(s) were interrupted: put those boards on and scan them again</source>
        <extracomment>%n units were interrupted</extracomment>
        <translation>
            <numerusform>%n unidad quedó interrumpida: coloque esa placa y escanéela de nuevo</numerusform>
            <numerusform>%n unidades quedaron interrumpidas: coloque esas placas y escanéelas de nuevo</numerusform>
        </translation>
    </message>
    <message>
        <source>Touch a batch, or scan its name</source>
        <extracomment>a batch can be chosen by its barcode</extracomment>
        <translation>Toque un lote o escanee su nombre</translation>
    </message>
    <message>
        <source>All batches</source>
        <extracomment>button: shows paused and closed batches, too</extracomment>
        <translation>Todos los lotes</translation>
    </message>
    <message>
        <source>Open ones</source>
        <extracomment>button: shows open batches alone</extracomment>
        <translation>Solo abiertos</translation>
    </message>
    <message>
        <source>Menu</source>
        <extracomment>button: to the page from which all others are reached</extracomment>
        <translation>Menú</translation>
    </message>
    <message>
        <source>New batch</source>
        <extracomment>button: to the page on which a batch is opened</extracomment>
        <translation>Lote nuevo</translation>
    </message>
    <message>
        <source>No batch is open.
A supervisor opens one.</source>
        <extracomment>there is nothing to choose</extracomment>
        <translation>No hay ningún lote abierto.
Un supervisor abre uno.</translation>
    </message>
    <message>
        <source>Nobody logs in here, so the records name nobody. A supervisor adds persons by: keystamp person add</source>
        <extracomment>there are no persons; the command is not translated</extracomment>
        <translation>Aquí nadie inicia sesión; los registros no nombran a nadie. Un supervisor añade personas con: keystamp person add</translation>
    </message>
    <message>
        <source>You may look at devices, figures and the preflight; boards are an operator&apos;s work</source>
        <extracomment>to an auditor, who cannot choose a batch</extracomment>
        <translation>Puede ver dispositivos, cifras y la comprobación; las placas son trabajo del operario</translation>
    </message>
</context>
<context>
    <name>CaCard</name>
    <message>
        <source>in use</source>
        <extracomment>a CA that new batches get</extracomment>
        <translation>en uso</translation>
    </message>
    <message>
        <source>Ends on %1  ·  %2</source>
        <extracomment>a CA&apos;s life: %1 is when it ends, %2 how long that is, &quot;812 days left&quot;, or that it is over</extracomment>
        <translation>Termina el %1  ·  %2</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>a CA&apos;s fact</extracomment>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>SHA-1</source>
        <extracomment>a CA&apos;s fact: the thumbprint that a portal shows</extracomment>
        <translation>SHA-1</translation>
    </message>
    <message>
        <source>Verify</source>
        <extracomment>button: has a cloud verify this CA, by a code</extracomment>
        <translation>Verificar</translation>
    </message>
    <message>
        <source>Verify: %1</source>
        <extracomment>for screen readers; %1 is primary or secondary CA</extracomment>
        <translation>Verificar: %1</translation>
    </message>
    <message>
        <source>Roll to it</source>
        <extracomment>button: new batches get this CA from now on; asks first</extracomment>
        <translation>Cambiar a ella</translation>
    </message>
    <message>
        <source>Roll to it: %1</source>
        <extracomment>for screen readers; %1 is primary or secondary CA</extracomment>
        <translation>Cambiar a: %1</translation>
    </message>
</context>
<context>
    <name>CaCodeForm</name>
    <message>
        <source>This is the code</source>
        <extracomment>button: the code is all of it; where the files go is asked next</extracomment>
        <translation>Este es el código</translation>
    </message>
    <message>
        <source>No code yet: the certificate alone</source>
        <extracomment>button: the portal has no code yet; the CA&apos;s certificate, for which it gives one, is written alone</extracomment>
        <translation>Aún sin código: solo el certificado</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>CaPage</name>
    <message>
        <source>CAs</source>
        <extracomment>for screen readers: the page of the CAs
----------
title of the page of the CAs</extracomment>
        <translation>CA</translation>
    </message>
    <message>
        <source>Roll</source>
        <extracomment>button: new batches get the other CA; a passphrase is asked for</extracomment>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done
----------
button: back to the code</extracomment>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>Checks</source>
        <extracomment>for screen readers</extracomment>
        <translation>Comprobaciones</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>%1: %2. %3. %4</source>
        <extracomment>for screen readers: %1 a check, %2 good, soon or bad, %3 what was found, %4 what to do</extracomment>
        <translation>%1: %2. %3. %4</translation>
    </message>
</context>
<context>
    <name>ExtensionForm</name>
    <message>
        <source>Nothing more is issued before a second supervisor has released it.</source>
        <extracomment>above the button that asks for a longer batch</extracomment>
        <translation>No se emite nada más hasta que un segundo supervisor lo libere.</translation>
    </message>
    <message>
        <source>Ask for it</source>
        <extracomment>button: a longer batch is asked for; a passphrase is wanted</extracomment>
        <translation>Solicitar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>FactRow</name>
    <message>
        <source>%1: %2</source>
        <extracomment>for screen readers: %1 a fact&apos;s name, %2 its value</extracomment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>FailureRow</name>
    <message>
        <source>%1: %2, %3 times</source>
        <extracomment>for screen readers: %1 a fixture, %2 why jobs failed there, %3 how many</extracomment>
        <translation>%1: %2, %3 veces</translation>
    </message>
    <message>
        <source>%1 · up to here %2 %</source>
        <extracomment>how often something failed, and %2 per cent of all failures are this and those above; a Pareto chart</extracomment>
        <translation>%1 · hasta aquí %2 %</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Figures</source>
        <extracomment>for screen readers: the page of the line&apos;s figures</extracomment>
        <translation>Cifras</translation>
    </message>
    <message>
        <source>The last %1 hours</source>
        <extracomment>title of the page of the line&apos;s figures; %1 hours</extracomment>
        <translation>Las últimas %1 horas</translation>
    </message>
    <message>
        <source>Shift</source>
        <extracomment>button: figures of the last eight hours</extracomment>
        <translation>Turno</translation>
    </message>
    <message>
        <source>Day</source>
        <extracomment>button: figures of the last 24 hours</extracomment>
        <translation>Día</translation>
    </message>
    <message>
        <source>recorded</source>
        <extracomment>label of the counter of recorded units</extracomment>
        <translation>registradas</translation>
    </message>
    <message>
        <source>from unit to unit</source>
        <extracomment>label: the usual time from one unit to the next</extracomment>
        <translation>de unidad a unidad</translation>
    </message>
    <message>
        <source>passed at once</source>
        <extracomment>label: the share of boards that passed at their first job</extracomment>
        <translation>pasan a la primera</translation>
    </message>
    <message>
        <source>What fails, the most frequent first</source>
        <extracomment>for screen readers</extracomment>
        <translation>Lo que falla, lo más frecuente primero</translation>
    </message>
    <message>
        <source>Nothing has failed.</source>
        <extracomment>in the place of the list of failures</extracomment>
        <translation>Nada ha fallado.</translation>
    </message>
    <message>
        <source>HSM answers in</source>
        <extracomment>name of a figure: how long the HSM takes for a signature or a key</extracomment>
        <translation>El HSM responde en</translation>
    </message>
    <message>
        <source>Batch</source>
        <extracomment>button: figures of all of a batch</extracomment>
        <translation>Lote</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>First run</source>
        <extracomment>for screen readers: the pages that make a new station ready</extracomment>
        <translation>Primera puesta en marcha</translation>
    </message>
    <message>
        <source>Look again</source>
        <extracomment>button: the fixtures are looked at once more</extracomment>
        <translation>Comprobar otra vez</translation>
    </message>
    <message>
        <source>Later</source>
        <extracomment>button: the rest of the first run is left out</extracomment>
        <translation>Más tarde</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>Otro idioma que %1</translation>
    </message>
</context>
<context>
    <name>FixtureTile</name>
    <message>
        <source>%1: %2 %3</source>
        <extracomment>for screen readers: %1 is a fixture, %2 its verdict or what to do there, %3 the unit</extracomment>
        <translation>%1: %2 %3</translation>
    </message>
</context>
<context>
    <name>HourBar</name>
    <message>
        <source>%1: %2 recorded, %3 failed</source>
        <extracomment>for screen readers: %1 an hour, %2 units recorded, %3 jobs failed</extracomment>
        <translation>%1: %2 registradas, %3 fallidas</translation>
    </message>
</context>
<context>
    <name>HourChart</name>
    <message>
        <source>Units per hour</source>
        <extracomment>heading of a chart</extracomment>
        <translation>Unidades por hora</translation>
    </message>
    <message>
        <source>Units per day</source>
        <extracomment>heading of a chart</extracomment>
        <translation>Unidades por día</translation>
    </message>
</context>
<context>
    <name>LabelCard</name>
    <message>
        <source>Its label</source>
        <extracomment>for screen readers: the picture of a unit&apos;s printed label</extracomment>
        <translation>Su etiqueta</translation>
    </message>
    <message>
        <source>Print again</source>
        <extracomment>button: a unit&apos;s label is printed once more</extracomment>
        <translation>Imprimir de nuevo</translation>
    </message>
</context>
<context>
    <name>LifeRow</name>
    <message>
        <source>%1: %2, %3</source>
        <extracomment>for screen readers: %1 a time, %2 an event, %3 where and why</extracomment>
        <translation>%1: %2, %3</translation>
    </message>
</context>
<context>
    <name>LineHeader</name>
    <message>
        <source>Batches</source>
        <extracomment>button: back to the list of batches</extracomment>
        <translation>Lotes</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>counter of recorded units; %1 of %2 ordered</extracomment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>recorded</source>
        <extracomment>label of the counter of recorded units</extracomment>
        <translation>registradas</translation>
    </message>
    <message>
        <source>failed</source>
        <extracomment>label of the counter of failed attempts</extracomment>
        <translation>fallidas</translation>
    </message>
    <message>
        <source>unresolved</source>
        <extracomment>label of the counter of units that wait for their board</extracomment>
        <translation>sin resolver</translation>
    </message>
    <message>
        <source>8 hours: %1 · takt %2 · first pass %3</source>
        <extracomment>the line&apos;s last eight hours: %1 units, %2 from one to the next, %3 of boards passed at once</extracomment>
        <translation>8 horas: %1 · ritmo %2 · a la primera %3</translation>
    </message>
    <message>
        <source>in 8 hours</source>
        <extracomment>label of the counter of all units that were recorded in the last eight hours</extracomment>
        <translation>en 8 horas</translation>
    </message>
    <message>
        <source>takt</source>
        <extracomment>label: the usual time from one unit to the next, short</extracomment>
        <translation>ritmo</translation>
    </message>
    <message>
        <source>first pass</source>
        <extracomment>label: first-pass yield, short</extracomment>
        <translation>a la primera</translation>
    </message>
</context>
<context>
    <name>LinePage</name>
    <message>
        <source>Fixtures</source>
        <extracomment>for screen readers: the page of the fixtures</extracomment>
        <translation>Puestos</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Locked</source>
        <extracomment>for screen readers: the page that waits for a badge</extracomment>
        <translation>Bloqueado</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>Otro idioma que %1</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <extracomment>the kiosk is locked</extracomment>
        <translation>Escanee su tarjeta</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Keystamp %1</source>
        <extracomment>title of the window; %1 is the station&apos;s name</extracomment>
        <translation>Keystamp %1</translation>
    </message>
    <message>
        <source>DEMO  ·  nothing made here is for sale</source>
        <extracomment>permanent mark while the HSM token is a throw-away one</extracomment>
        <translation>DEMO  ·  nada de lo hecho aquí es para la venta</translation>
    </message>
</context>
<context>
    <name>MediaChoice</name>
    <message>
        <source>Put a memory stick in, or keep it here.</source>
        <extracomment>where memory sticks are listed</extracomment>
        <translation>Inserte una memoria USB o guárdelo aquí.</translation>
    </message>
    <message>
        <source>It is written, read back and verified.</source>
        <extracomment>above the memory sticks that are in</extracomment>
        <translation>Se escribe, se relee y se verifica.</translation>
    </message>
    <message>
        <source>%1  ·  %2 free</source>
        <extracomment>button: writes to a memory stick; %1 is its name, %2 the room on it</extracomment>
        <translation>%1  ·  %2 libres</translation>
    </message>
    <message>
        <source>Keep it at this station</source>
        <extracomment>button: writes to a folder of this machine</extracomment>
        <translation>Guardar en esta estación</translation>
    </message>
</context>
<context>
    <name>MenuPage</name>
    <message>
        <source>Menu</source>
        <extracomment>for screen readers: the page from which all others are reached
----------
title of the page from which all others are reached</extracomment>
        <translation>Menú</translation>
    </message>
    <message>
        <source>Find a device</source>
        <extracomment>button: to the page of one device</extracomment>
        <translation>Buscar dispositivo</translation>
    </message>
    <message>
        <source>what it is, and its whole life</source>
        <extracomment>under a button: what a device may be looked up for</extracomment>
        <translation>qué es y toda su vida</translation>
    </message>
    <message>
        <source>Preflight</source>
        <extracomment>button: to the page of every check that a shift starts with</extracomment>
        <translation>Comprobación</translation>
    </message>
    <message>
        <source>everything that a shift needs</source>
        <extracomment>under a button</extracomment>
        <translation>todo lo que un turno necesita</translation>
    </message>
    <message>
        <source>Figures</source>
        <extracomment>button: to the page of the line&apos;s figures</extracomment>
        <translation>Cifras</translation>
    </message>
    <message>
        <source>units an hour, yield, what fails most</source>
        <extracomment>under a button</extracomment>
        <translation>unidades por hora, rendimiento, fallos más frecuentes</translation>
    </message>
    <message>
        <source>touch for the next language</source>
        <extracomment>under a button that has the language&apos;s name on it</extracomment>
        <translation>toque para el siguiente idioma</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>Otro idioma que %1</translation>
    </message>
    <message>
        <source>Try the scanner</source>
        <extracomment>button: to the page where a scanner is tried</extracomment>
        <translation>Probar el escáner</translation>
    </message>
    <message>
        <source>what the station makes of a scan, and whether the keyboard&apos;s layout is right</source>
        <extracomment>under a button</extracomment>
        <translation>qué entiende la estación de un escaneo y si la distribución del teclado es correcta</translation>
    </message>
    <message>
        <source>Audit log</source>
        <extracomment>button: to the page of the audit log</extracomment>
        <translation>Registro de auditoría</translation>
    </message>
    <message>
        <source>all that was done here, verified, a copy to take away</source>
        <extracomment>under a button</extracomment>
        <translation>todo lo hecho aquí, verificado; una copia para llevar</translation>
    </message>
    <message>
        <source>CAs</source>
        <extracomment>button: to the page of the CAs</extracomment>
        <translation>CA</translation>
    </message>
    <message>
        <source>how long they last, have a cloud verify one, roll to the other</source>
        <extracomment>under a button</extracomment>
        <translation>cuánto duran, que la nube verifique una, cambiar a la otra</translation>
    </message>
</context>
<context>
    <name>NewBatchPage</name>
    <message>
        <source>New batch</source>
        <extracomment>for screen readers: the page on which a batch is opened
----------
title of the page on which a batch is opened</extracomment>
        <translation>Lote nuevo</translation>
    </message>
    <message>
        <source>Open it</source>
        <extracomment>button: opens the batch as it is written; a passphrase is asked for</extracomment>
        <translation>Abrirlo</translation>
    </message>
    <message>
        <source>Device IDs from a list instead:</source>
        <extracomment>above the CSV files on memory sticks</extracomment>
        <translation>ID de dispositivo de una lista:</translation>
    </message>
    <message>
        <source>For IDs from a list put a memory stick in that has a CSV file.</source>
        <extracomment>where no memory stick has a CSV file</extracomment>
        <translation>Para ID de una lista, inserte una memoria USB con un archivo CSV.</translation>
    </message>
    <message>
        <source>Touch a line; write, or scan it</source>
        <extracomment>how a line is filled</extracomment>
        <translation>Toque una línea; escriba o escanee</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <extracomment>button: to the page before</extracomment>
        <translation>Atrás</translation>
    </message>
</context>
<context>
    <name>PersonBar</name>
    <message>
        <source>Logged in: %1</source>
        <extracomment>for screen readers; %1 is a person</extracomment>
        <translation>Sesión de %1</translation>
    </message>
    <message>
        <source>Log out</source>
        <extracomment>button: the person leaves the kiosk</extracomment>
        <translation>Cerrar sesión</translation>
    </message>
</context>
<context>
    <name>PinKeypad</name>
    <message>
        <source>Erase</source>
        <extracomment>key: takes the last digit back</extracomment>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>OK</source>
        <extracomment>key: the PIN is whole</extracomment>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>PinPage</name>
    <message>
        <source>PIN</source>
        <extracomment>for screen readers: the page where the PIN is entered</extracomment>
        <translation>PIN</translation>
    </message>
    <message>
        <source>%1 characters entered</source>
        <extracomment>for screen readers; %1 is a number</extracomment>
        <translation>%1 caracteres introducidos</translation>
    </message>
</context>
<context>
    <name>PreflightPage</name>
    <message>
        <source>Preflight</source>
        <extracomment>for screen readers: the page of the preflight</extracomment>
        <translation>Comprobación</translation>
    </message>
    <message>
        <source>Is the station ready?</source>
        <extracomment>title of the page of the preflight</extracomment>
        <translation>¿Está lista la estación?</translation>
    </message>
    <message>
        <source>Check again</source>
        <extracomment>button: run the preflight again</extracomment>
        <translation>Comprobar de nuevo</translation>
    </message>
</context>
<context>
    <name>ReasonChoice</name>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Another reason</source>
        <extracomment>button: none of the usual reasons; keys are shown then</extracomment>
        <translation>Otro motivo</translation>
    </message>
    <message>
        <source>This is the reason</source>
        <extracomment>button: the reason that was written is the one</extracomment>
        <translation>Este es el motivo</translation>
    </message>
    <message>
        <source>Usual reasons</source>
        <extracomment>button: back to the usual reasons</extracomment>
        <translation>Motivos usuales</translation>
    </message>
</context>
<context>
    <name>ScanPage</name>
    <message>
        <source>Scanner</source>
        <extracomment>for screen readers: the page where a scanner is tried</extracomment>
        <translation>Escáner</translation>
    </message>
    <message>
        <source>Try the scanner</source>
        <extracomment>title of the page where a scanner is tried</extracomment>
        <translation>Probar el escáner</translation>
    </message>
    <message>
        <source>Nothing is issued here</source>
        <extracomment>below the title of the page where a scanner is tried</extracomment>
        <translation>Aquí no se emite nada</translation>
    </message>
</context>
<context>
    <name>ScanTrial</name>
    <message>
        <source>Test code</source>
        <extracomment>for screen readers: a barcode</extracomment>
        <translation>Código de prueba</translation>
    </message>
    <message>
        <source>Scan this first: it finds a wrong keyboard</source>
        <extracomment>below the test code</extracomment>
        <translation>Escanee esto primero: detecta un teclado incorrecto</translation>
    </message>
    <message>
        <source>What the station made of it</source>
        <extracomment>for screen readers</extracomment>
        <translation>Lo que la estación ha entendido</translation>
    </message>
    <message>
        <source>Then scan any label: here stands what the station makes of it</source>
        <extracomment>nothing was scanned yet</extracomment>
        <translation>Después escanee cualquier etiqueta: aquí se ve lo que entiende la estación</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Start</source>
        <extracomment>for screen readers: the page while the station starts</extracomment>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <extracomment>while signer and journal are opened</extracomment>
        <translation>La estación se está iniciando</translation>
    </message>
    <message>
        <source>HSM, journal and unfinished work are looked at first.</source>
        <extracomment>while signer and journal are opened</extracomment>
        <translation>Primero se revisan el HSM, el diario y el trabajo pendiente.</translation>
    </message>
    <message>
        <source>Try again</source>
        <extracomment>button: open the station again</extracomment>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Check everything</source>
        <extracomment>button: to the page of every check that a shift starts with</extracomment>
        <translation>Comprobar todo</translation>
    </message>
    <message>
        <source>Starting</source>
        <extracomment>for screen readers</extracomment>
        <translation>Iniciando</translation>
    </message>
</context>
<context>
    <name>StepTrack</name>
    <message>
        <source>Reserved</source>
        <extracomment>state of a unit: the ID is taken for this board</extracomment>
        <translation>Reservado</translation>
    </message>
    <message>
        <source>Intended</source>
        <extracomment>state of a unit: what will be signed is on disk</extracomment>
        <translation>Previsto</translation>
    </message>
    <message>
        <source>Issued</source>
        <extracomment>state of a unit: the HSM has signed or derived</extracomment>
        <translation>Emitido</translation>
    </message>
    <message>
        <source>Written</source>
        <extracomment>state of a unit: the board has accepted it</extracomment>
        <translation>Escrito</translation>
    </message>
    <message>
        <source>Verified</source>
        <extracomment>state of a unit: the board has proven that it holds it</extracomment>
        <translation>Verificado</translation>
    </message>
    <message>
        <source>Recorded</source>
        <extracomment>state of a unit: on record for ever</extracomment>
        <translation>Registrado</translation>
    </message>
    <message>
        <source>%1 of 6 steps</source>
        <extracomment>for screen readers; %1 of 6 steps</extracomment>
        <translation>%1 de 6 pasos</translation>
    </message>
</context>
<context>
    <name>TextKeys</name>
    <message>
        <source>Capitals</source>
        <extracomment>for screen readers: key for capital letters</extracomment>
        <translation>Mayúsculas</translation>
    </message>
    <message>
        <source>Signs</source>
        <extracomment>for screen readers: key for signs such as # and +</extracomment>
        <translation>Signos</translation>
    </message>
    <message>
        <source>Space</source>
        <extracomment>key: a blank</extracomment>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Erase</source>
        <extracomment>key: takes the last character back</extracomment>
        <translation>Borrar</translation>
    </message>
</context>
<context>
    <name>TextLine</name>
    <message>
        <source>%1: %2</source>
        <extracomment>for screen readers: %1 a line&apos;s name, %2 what stands in it</extracomment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>TileVerdict</name>
    <message>
        <source>Touch when seen</source>
        <extracomment>on a small tile that is a button: a person has seen the FAIL or ERROR</extracomment>
        <translation>Toque al verlo</translation>
    </message>
    <message>
        <source>Touch when mended</source>
        <extracomment>on a small tile that is a button: the fixture was stopped, a person has looked after it</extracomment>
        <translation>Toque al arreglarlo</translation>
    </message>
    <message>
        <source>Scan its label; touch: none</source>
        <extracomment>on a small tile that is a button: the board&apos;s label is to be scanned; touching says that it gets none</extracomment>
        <translation>Escanee su etiqueta; toque: ninguna</translation>
    </message>
</context>
<context>
    <name>TileWork</name>
    <message>
        <source>Board %1</source>
        <extracomment>%1 is the unique number of the board&apos;s chip</extracomment>
        <translation>Placa %1</translation>
    </message>
</context>
<context>
    <name>UnitPage</name>
    <message>
        <source>Device</source>
        <extracomment>for screen readers: the page of one device</extracomment>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Find a device</source>
        <extracomment>title of the page of one device before there is one</extracomment>
        <translation>Buscar un dispositivo</translation>
    </message>
    <message>
        <source>What it is</source>
        <extracomment>for screen readers</extracomment>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>Its life, newest first</source>
        <extracomment>for screen readers</extracomment>
        <translation>Su historia, lo más reciente primero</translation>
    </message>
    <message>
        <source>Scan its label,
or type its ID, its board&apos;s number or its certificate&apos;s thumbprint, then Enter</source>
        <extracomment>by what a device is found</extracomment>
        <translation>Escanee su etiqueta
o escriba su ID, el número de su placa o la huella de su certificado y pulse Intro</translation>
    </message>
    <message>
        <source>Searching</source>
        <extracomment>while the journal is searched</extracomment>
        <translation>Buscando</translation>
    </message>
    <message>
        <source>Rework</source>
        <extracomment>button: a supervisor lets this device be made anew</extracomment>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Scrap</source>
        <extracomment>button: a supervisor takes this device out for good</extracomment>
        <translation>Desechar</translation>
    </message>
</context>
<context>
    <name>VerdictButton</name>
    <message>
        <source>Seen</source>
        <extracomment>button on a FAIL or ERROR: a person has seen it</extracomment>
        <translation>Visto</translation>
    </message>
    <message>
        <source>Take up again</source>
        <extracomment>button on a fixture that was stopped after equal failures: a person has looked after it, it takes boards again</extracomment>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>No label</source>
        <extracomment>button on a PASS whose board waits for its label: it gets none now</extracomment>
        <translation>Sin etiqueta</translation>
    </message>
    <message>
        <source>Acknowledge %1 on %2</source>
        <extracomment>for screen readers: %1 is FAIL or ERROR, %2 a fixture</extracomment>
        <translation>Confirmar %1 en %2</translation>
    </message>
    <message>
        <source>Take up %1 again</source>
        <extracomment>for screen readers: %1 is a fixture that was stopped</extracomment>
        <translation>Reanudar %1</translation>
    </message>
    <message>
        <source>No label for the board on %1</source>
        <extracomment>for screen readers: %1 is a fixture whose board waits for its label</extracomment>
        <translation>Sin etiqueta para la placa de %1</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel</name>
    <message>
        <source>The station was asked for something it does not know</source>
        <translation>Se pidió a la estación algo que no conoce</translation>
    </message>
    <message>
        <source>Call an engineer.</source>
        <translation>Llame a un técnico.</translation>
    </message>
    <message>
        <source>The station&apos;s configuration cannot be used</source>
        <translation>La configuración de la estación no se puede usar</translation>
    </message>
    <message>
        <source>Call an engineer: the line below must be corrected.</source>
        <translation>Llame a un técnico: hay que corregir la línea de abajo.</translation>
    </message>
    <message>
        <source>The scan is not a device ID</source>
        <translation>Lo escaneado no es un ID de dispositivo</translation>
    </message>
    <message>
        <source>Check the label; set the board aside if it is damaged.</source>
        <translation>Revise la etiqueta; aparte la placa si está dañada.</translation>
    </message>
    <message>
        <source>The CSV file cannot be used; nothing of it was taken</source>
        <translation>El archivo CSV no se puede usar; no se tomó nada de él</translation>
    </message>
    <message>
        <source>Correct the named lines and import it again.</source>
        <translation>Corrija las líneas indicadas e impórtelo de nuevo.</translation>
    </message>
    <message>
        <source>The scan cannot be used</source>
        <translation>Lo escaneado no se puede usar</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again.</source>
        <translation>Escanee de nuevo la etiqueta de la placa.</translation>
    </message>
    <message>
        <source>There is no such batch</source>
        <translation>No existe ese lote</translation>
    </message>
    <message>
        <source>Choose a batch from the list.</source>
        <translation>Elija un lote de la lista.</translation>
    </message>
    <message>
        <source>A batch of that name exists</source>
        <translation>Ya existe un lote con ese nombre</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Elija otro nombre.</translation>
    </message>
    <message>
        <source>The batch is not open</source>
        <translation>El lote no está abierto</translation>
    </message>
    <message>
        <source>Choose an open batch.</source>
        <translation>Elija un lote abierto.</translation>
    </message>
    <message>
        <source>No unit of that ID is recorded</source>
        <translation>No hay nada registrado con ese ID</translation>
    </message>
    <message>
        <source>Check the ID.</source>
        <translation>Revise el ID.</translation>
    </message>
    <message>
        <source>There is no such fixture</source>
        <translation>No existe ese puesto</translation>
    </message>
    <message>
        <source>Scan the label on the fixture.</source>
        <translation>Escanee la etiqueta del puesto.</translation>
    </message>
    <message>
        <source>This board does not belong to the batch</source>
        <translation>Esta placa no pertenece al lote</translation>
    </message>
    <message>
        <source>Check the label and the batch; set the board aside.</source>
        <translation>Revise la etiqueta y el lote; aparte la placa.</translation>
    </message>
    <message>
        <source>The batch has issued all it may</source>
        <translation>El lote ya emitió todo lo permitido</translation>
    </message>
    <message>
        <source>Call a supervisor: close the batch or extend it.</source>
        <translation>Llame a un supervisor: cerrar o ampliar el lote.</translation>
    </message>
    <message>
        <source>This board is already done</source>
        <translation>Esta placa ya está hecha</translation>
    </message>
    <message>
        <source>Put the next board on.</source>
        <translation>Coloque la siguiente placa.</translation>
    </message>
    <message>
        <source>This label belongs to another board</source>
        <translation>Esta etiqueta pertenece a otra placa</translation>
    </message>
    <message>
        <source>Set the board aside and call a supervisor.</source>
        <translation>Aparte la placa y llame a un supervisor.</translation>
    </message>
    <message>
        <source>This board was begun under another label</source>
        <translation>Esta placa se empezó con otra etiqueta</translation>
    </message>
    <message>
        <source>Scan the label it was begun with.</source>
        <translation>Escanee la etiqueta con la que se empezó.</translation>
    </message>
    <message>
        <source>This board was scrapped</source>
        <translation>Esta placa fue desechada</translation>
    </message>
    <message>
        <source>Take it out of the line: it gets no identity any more.</source>
        <translation>Sáquela de la línea: ya no recibe identidad.</translation>
    </message>
    <message>
        <source>This unit was interrupted and is not resolved</source>
        <translation>Esta unidad quedó interrumpida y sin resolver</translation>
    </message>
    <message>
        <source>Put that board on a fixture and scan it again, or have a supervisor resolve it.</source>
        <translation>Coloque esa placa en un puesto y escanéela de nuevo, o que un supervisor lo resuelva.</translation>
    </message>
    <message>
        <source>It is not clear which fixture this is for</source>
        <translation>No está claro para qué puesto es</translation>
    </message>
    <message>
        <source>Scan the fixture&apos;s label first, then the board.</source>
        <translation>Escanee primero la etiqueta del puesto y después la placa.</translation>
    </message>
    <message>
        <source>This fixture is still at work</source>
        <translation>Este puesto sigue trabajando</translation>
    </message>
    <message>
        <source>Wait for its verdict, then scan again.</source>
        <translation>Espere su veredicto y escanee de nuevo.</translation>
    </message>
    <message>
        <source>This fixture&apos;s last board is not settled</source>
        <translation>La última placa de este puesto no está resuelta</translation>
    </message>
    <message>
        <source>Take it off, press Seen on the tile, then scan again.</source>
        <translation>Quítela, pulse Visto en su recuadro y escanee de nuevo.</translation>
    </message>
    <message>
        <source>Signer, journal and manifest do not agree</source>
        <translation>El firmador, el diario y el manifiesto no coinciden</translation>
    </message>
    <message>
        <source>Call an engineer; keep the batch as it is.</source>
        <translation>Llame a un técnico; deje el lote como está.</translation>
    </message>
    <message>
        <source>The board does not answer</source>
        <translation>La placa no responde</translation>
    </message>
    <message>
        <source>Check that it is seated and powered, then scan again.</source>
        <translation>Compruebe que está bien puesta y con corriente, y escanee de nuevo.</translation>
    </message>
    <message>
        <source>The board&apos;s answer makes no sense</source>
        <translation>La respuesta de la placa no tiene sentido</translation>
    </message>
    <message>
        <source>Check its cable, then scan again.</source>
        <translation>Revise su cable y escanee de nuevo.</translation>
    </message>
    <message>
        <source>The connection to the board broke</source>
        <translation>Se cortó la conexión con la placa</translation>
    </message>
    <message>
        <source>The board refused</source>
        <translation>La placa se negó</translation>
    </message>
    <message>
        <source>Set the board aside as bad.</source>
        <translation>Aparte la placa como defectuosa.</translation>
    </message>
    <message>
        <source>The board could not prove its credential</source>
        <translation>La placa no pudo demostrar su credencial</translation>
    </message>
    <message>
        <source>This is another board than the one expected</source>
        <translation>Esta placa no es la esperada</translation>
    </message>
    <message>
        <source>Put the right board on; set this one aside.</source>
        <translation>Coloque la placa correcta; aparte esta.</translation>
    </message>
    <message>
        <source>The signer does not answer</source>
        <translation>El firmador no responde</translation>
    </message>
    <message>
        <source>It restarts by itself; call an engineer if this stays.</source>
        <translation>Se reinicia solo; llame a un técnico si persiste.</translation>
    </message>
    <message>
        <source>The signer refused the request</source>
        <translation>El firmador rechazó la petición</translation>
    </message>
    <message>
        <source>The HSM waits for its PIN</source>
        <translation>El HSM espera su PIN</translation>
    </message>
    <message>
        <source>Enter the PIN.</source>
        <translation>Introduzca el PIN.</translation>
    </message>
    <message>
        <source>The PIN was not accepted</source>
        <translation>El PIN no fue aceptado</translation>
    </message>
    <message>
        <source>Enter it again with care: every wrong entry counts.</source>
        <translation>Introdúzcalo de nuevo con cuidado: cada error cuenta.</translation>
    </message>
    <message>
        <source>The HSM has locked its PIN</source>
        <translation>El HSM ha bloqueado su PIN</translation>
    </message>
    <message>
        <source>The HSM&apos;s security officer must unlock or renew it; then enter the PIN.</source>
        <translation>El responsable de seguridad del HSM debe desbloquearlo o renovarlo; después introduzca el PIN.</translation>
    </message>
    <message>
        <source>The supervisor&apos;s passphrase is wrong</source>
        <translation>La frase de paso del supervisor es incorrecta</translation>
    </message>
    <message>
        <source>Enter it again.</source>
        <translation>Introdúzcala de nuevo.</translation>
    </message>
    <message>
        <source>The HSM is not there</source>
        <translation>El HSM no está</translation>
    </message>
    <message>
        <source>Check that the HSM is connected.</source>
        <translation>Compruebe que el HSM está conectado.</translation>
    </message>
    <message>
        <source>A key is not in the HSM</source>
        <translation>Falta una clave en el HSM</translation>
    </message>
    <message>
        <source>The HSM reports a fault</source>
        <translation>El HSM comunica un fallo</translation>
    </message>
    <message>
        <source>Wait until it has healed, then scan again.</source>
        <translation>Espere a que se recupere y escanee de nuevo.</translation>
    </message>
    <message>
        <source>The HSM has no order for this</source>
        <translation>El HSM no tiene orden para esto</translation>
    </message>
    <message>
        <source>A supervisor must open the batch.</source>
        <translation>Un supervisor debe abrir el lote.</translation>
    </message>
    <message>
        <source>The board&apos;s request is not acceptable</source>
        <translation>La petición de la placa no es aceptable</translation>
    </message>
    <message>
        <source>The CA&apos;s certificate chain is not acceptable</source>
        <translation>La cadena de certificados de la CA no es aceptable</translation>
    </message>
    <message>
        <source>The board&apos;s key is not random</source>
        <translation>La clave de la placa no es aleatoria</translation>
    </message>
    <message>
        <source>Set the board aside as bad; call an engineer.</source>
        <translation>Aparte la placa como defectuosa; llame a un técnico.</translation>
    </message>
    <message>
        <source>The certificate would break a rule; it was not given out</source>
        <translation>El certificado incumpliría una regla; no se entregó</translation>
    </message>
    <message>
        <source>A signature was interrupted; its serial is void</source>
        <translation>Se interrumpió una firma; su número de serie queda anulado</translation>
    </message>
    <message>
        <source>Scan again.</source>
        <translation>Escanee de nuevo.</translation>
    </message>
    <message>
        <source>The journal cannot be written</source>
        <translation>No se puede escribir el diario</translation>
    </message>
    <message>
        <source>Check the disk; call an engineer.</source>
        <translation>Revise el disco; llame a un técnico.</translation>
    </message>
    <message>
        <source>Another program is running this station</source>
        <translation>Otro programa está usando esta estación</translation>
    </message>
    <message>
        <source>Close the other program, then try again.</source>
        <translation>Cierre el otro programa e intente de nuevo.</translation>
    </message>
    <message>
        <source>The records do not verify</source>
        <translation>Los registros no se verifican</translation>
    </message>
    <message>
        <source>Keep the files; call an auditor.</source>
        <translation>Conserve los archivos; llame a un auditor.</translation>
    </message>
    <message>
        <source>The fixture cannot be reached</source>
        <translation>No se puede acceder al puesto</translation>
    </message>
    <message>
        <source>Check its cable; call an engineer if this stays.</source>
        <translation>Revise su cable; llame a un técnico si persiste.</translation>
    </message>
    <message>
        <source>It took too long</source>
        <translation>Tardó demasiado</translation>
    </message>
    <message>
        <source>Scan again; call an engineer if this stays.</source>
        <translation>Escanee de nuevo; llame a un técnico si persiste.</translation>
    </message>
    <message>
        <source>It was stopped</source>
        <translation>Se detuvo</translation>
    </message>
    <message>
        <source>Scan again to go on.</source>
        <translation>Escanee de nuevo para continuar.</translation>
    </message>
    <message>
        <source>The clock does not fit the records</source>
        <translation>El reloj no concuerda con los registros</translation>
    </message>
    <message>
        <source>Set the clock; where it is right, a supervisor must say so.</source>
        <translation>Ajuste el reloj; si es correcto, un supervisor debe confirmarlo.</translation>
    </message>
    <message>
        <source>A file cannot be read or written</source>
        <translation>No se puede leer o escribir un archivo</translation>
    </message>
    <message>
        <source>Check the disk and its permissions.</source>
        <translation>Revise el disco y sus permisos.</translation>
    </message>
    <message>
        <source>The station contradicts itself</source>
        <translation>La estación se contradice</translation>
    </message>
    <message>
        <source>PASS</source>
        <comment>verdict, as large as the tile allows</comment>
        <translation>PASA</translation>
    </message>
    <message>
        <source>FAIL</source>
        <comment>verdict: the board is bad</comment>
        <translation>FALLA</translation>
    </message>
    <message>
        <source>ERROR</source>
        <comment>verdict: the station is in trouble</comment>
        <translation>ERROR</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <comment>verdict: a person stopped it</comment>
        <translation>PARADO</translation>
    </message>
    <message>
        <source>Reading the board</source>
        <comment>what the fixture does</comment>
        <translation>Leyendo la placa</translation>
    </message>
    <message>
        <source>Making the key</source>
        <comment>what the fixture does</comment>
        <translation>Creando la clave</translation>
    </message>
    <message>
        <source>Issuing</source>
        <comment>what the fixture does: the HSM signs or derives</comment>
        <translation>Emitiendo</translation>
    </message>
    <message>
        <source>Writing to the board</source>
        <comment>what the fixture does</comment>
        <translation>Escribiendo en la placa</translation>
    </message>
    <message>
        <source>Restart and proof</source>
        <comment>what the fixture does</comment>
        <translation>Reinicio y prueba</translation>
    </message>
    <message>
        <source>Recording</source>
        <comment>what the fixture does</comment>
        <translation>Registrando</translation>
    </message>
    <message>
        <source>Locking the board</source>
        <comment>what the fixture does</comment>
        <translation>Bloqueando la placa</translation>
    </message>
    <message>
        <source>Setting the old one aside</source>
        <comment>what the fixture does: its identity is void</comment>
        <translation>Apartando la anterior</translation>
    </message>
    <message>
        <source>Certificate</source>
        <comment>how devices of a batch show who they are</comment>
        <translation>Certificado</translation>
    </message>
    <message>
        <source>SAS key</source>
        <comment>how devices of a batch show who they are</comment>
        <translation>Clave SAS</translation>
    </message>
    <message>
        <source>Imported key</source>
        <comment>how devices of a batch show who they are: a SAS key that the cloud made</comment>
        <translation>Clave importada</translation>
    </message>
    <message>
        <source>%1.%2 s</source>
        <comment>seconds and tenths</comment>
        <translation>%1,%2 s</translation>
    </message>
    <message>
        <source>%1:%2 min</source>
        <comment>minutes and seconds</comment>
        <translation>%1:%2 min</translation>
    </message>
    <message>
        <source>This fixture is stopped: its boards failed alike, one after the other</source>
        <translation>Este puesto está parado: sus placas fallaron igual, una tras otra</translation>
    </message>
    <message>
        <source>Check its contacts, its cable and the boards, then press Take up again.</source>
        <translation>Revise sus contactos, su cable y las placas; después pulse Reanudar.</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>state of a batch</comment>
        <translation>Abierto</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>state of a batch</comment>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Closed for good</source>
        <comment>state of a batch</comment>
        <translation>Cerrado definitivamente</translation>
    </message>
    <message>
        <source>A part of the barcode did not arrive</source>
        <translation>No llegó una parte del código de barras</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again, and hold still until it beeps.</source>
        <translation>Escanee de nuevo la etiqueta de la placa y no se mueva hasta el pitido.</translation>
    </message>
    <message>
        <source>A character of the barcode was misread</source>
        <translation>Se leyó mal un carácter del código de barras</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again; set the board aside if its label is damaged.</source>
        <translation>Escanee de nuevo la etiqueta de la placa; si está dañada, aparte la placa.</translation>
    </message>
    <message>
        <source>This barcode is not the one that the line is set up for</source>
        <translation>La línea no está configurada para este código de barras</translation>
    </message>
    <message>
        <source>Scan the board&apos;s own label.</source>
        <translation>Escanee la etiqueta de la propia placa.</translation>
    </message>
    <message>
        <source>The same barcode came twice</source>
        <translation>El mismo código de barras llegó dos veces</translation>
    </message>
    <message>
        <source>Wait a moment; scan it again if nothing happens.</source>
        <translation>Espere un momento; escanéelo de nuevo si no ocurre nada.</translation>
    </message>
    <message>
        <source>This badge is nobody&apos;s</source>
        <translation>Esta tarjeta no es de nadie</translation>
    </message>
    <message>
        <source>Scan it again, or have a supervisor add it.</source>
        <translation>Escanéela de nuevo o pida a un supervisor que la añada.</translation>
    </message>
    <message>
        <source>That name or badge is somebody&apos;s already</source>
        <translation>Ese nombre o esa tarjeta ya son de alguien</translation>
    </message>
    <message>
        <source>Take another one.</source>
        <translation>Use otro.</translation>
    </message>
    <message>
        <source>operator</source>
        <comment>a person&apos;s role</comment>
        <translation>operario</translation>
    </message>
    <message>
        <source>supervisor</source>
        <comment>a person&apos;s role</comment>
        <translation>supervisor</translation>
    </message>
    <message>
        <source>auditor</source>
        <comment>a person&apos;s role</comment>
        <translation>auditor</translation>
    </message>
    <message>
        <source>This fixture waits for the label of its last board</source>
        <translation>Este puesto espera la etiqueta de su última placa</translation>
    </message>
    <message>
        <source>Put that label on the board and scan it.</source>
        <translation>Pegue esa etiqueta en la placa y escanéela.</translation>
    </message>
    <message>
        <source>Put it on that board, and scan it there.</source>
        <translation>Péguela en esa placa y escanéela allí.</translation>
    </message>
    <message>
        <source>The label printer does not answer</source>
        <translation>La impresora de etiquetas no responde</translation>
    </message>
    <message>
        <source>Check that it is on and its cable is in.</source>
        <translation>Compruebe que está encendida y con el cable conectado.</translation>
    </message>
    <message>
        <source>The label printer is out of labels or ribbon</source>
        <translation>La impresora no tiene etiquetas o cinta</translation>
    </message>
    <message>
        <source>Load it.</source>
        <translation>Reponga el material.</translation>
    </message>
    <message>
        <source>The label printer is open</source>
        <translation>La impresora de etiquetas está abierta</translation>
    </message>
    <message>
        <source>Close it.</source>
        <translation>Ciérrela.</translation>
    </message>
    <message>
        <source>The label printer is paused</source>
        <translation>La impresora de etiquetas está en pausa</translation>
    </message>
    <message>
        <source>Press its pause button.</source>
        <translation>Pulse su botón de pausa.</translation>
    </message>
    <message>
        <source>The cloud does not answer</source>
        <translation>La nube no responde</translation>
    </message>
    <message>
        <source>Go on without it; call an engineer if this stays.</source>
        <translation>Siga sin ella; llame a un técnico si continúa.</translation>
    </message>
    <message>
        <source>The cloud refused</source>
        <translation>La nube lo ha rechazado</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Firmante</translation>
    </message>
    <message>
        <source>What certificates say</source>
        <translation>Qué dicen los certificados</translation>
    </message>
    <message>
        <source>HSM</source>
        <translation>HSM</translation>
    </message>
    <message>
        <source>What the HSM can do</source>
        <translation>Qué sabe hacer el HSM</translation>
    </message>
    <message>
        <source>Have an engineer choose other settings or another HSM.</source>
        <translation>Pida a un ingeniero otros ajustes u otro HSM.</translation>
    </message>
    <message>
        <source>Primary CA</source>
        <translation>CA primaria</translation>
    </message>
    <message>
        <source>Have a supervisor renew this CA&apos;s certificate.</source>
        <translation>Pida a un supervisor que renueve el certificado de esta CA.</translation>
    </message>
    <message>
        <source>Secondary CA</source>
        <translation>CA secundaria</translation>
    </message>
    <message>
        <source>Key for imported keys</source>
        <translation>Clave para claves importadas</translation>
    </message>
    <message>
        <source>Key of the audit log</source>
        <translation>Clave del registro de auditoría</translation>
    </message>
    <message>
        <source>Every key once</source>
        <translation>Cada clave una vez</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Diario</translation>
    </message>
    <message>
        <source>Scan the boards of interrupted units again.</source>
        <translation>Escanee de nuevo las placas de las unidades interrumpidas.</translation>
    </message>
    <message>
        <source>Signer and journal agree</source>
        <translation>El firmante y el diario coinciden</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Reloj</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disco</translation>
    </message>
    <message>
        <source>Have space freed on the disk.</source>
        <translation>Haga liberar espacio en el disco.</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Have the supervisor named in the configuration.</source>
        <translation>Haga anotar al supervisor en la configuración.</translation>
    </message>
    <message>
        <source>Label printer</source>
        <translation>Impresora de etiquetas</translation>
    </message>
    <message>
        <source>Look after the printer.</source>
        <translation>Revise la impresora.</translation>
    </message>
    <message>
        <source>Fixtures</source>
        <translation>Puestos</translation>
    </message>
    <message>
        <source>Have fixtures added to the configuration.</source>
        <translation>Haga añadir puestos a la configuración.</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configuración</translation>
    </message>
    <message>
        <source>Fixture %1</source>
        <translation>Puesto %1</translation>
    </message>
    <message>
        <source>Check the fixture&apos;s cable.</source>
        <translation>Compruebe el cable del puesto.</translation>
    </message>
    <message>
        <source>Scanner %1</source>
        <translation>Escáner %1</translation>
    </message>
    <message>
        <source>Plug the scanner in, or call an engineer.</source>
        <translation>Conecte el escáner o llame a un ingeniero.</translation>
    </message>
    <message>
        <source>Scanners</source>
        <translation>Escáneres</translation>
    </message>
    <message>
        <source>This takes a second supervisor</source>
        <translation>Esto requiere un segundo supervisor</translation>
    </message>
    <message>
        <source>Have another supervisor do it. Where there is none, an engineer enrols one.</source>
        <translation>Debe hacerlo otro supervisor. Si no hay ninguno, un ingeniero registra uno.</translation>
    </message>
    <message>
        <source>%1.%2 %</source>
        <comment>a share in per cent and tenths</comment>
        <translation>%1,%2 %</translation>
    </message>
    <message>
        <source>This board cannot show what the batch requires</source>
        <translation>Esta placa no puede demostrar lo que exige el lote</translation>
    </message>
    <message>
        <source>Take another kind of board, or have a batch opened that asks for less.</source>
        <translation>Use otro tipo de placa o haga abrir un lote que exija menos.</translation>
    </message>
    <message>
        <source>The signer has a supervisor already</source>
        <translation>El firmador ya tiene un supervisor</translation>
    </message>
    <message>
        <source>Have that one do it, or an engineer enrol another.</source>
        <translation>Debe hacerlo ese, o un ingeniero registra a otro.</translation>
    </message>
    <message>
        <source>Registered</source>
        <comment>state of a device in the cloud</comment>
        <translation>Registrado</translation>
    </message>
    <message>
        <source>Provisioned</source>
        <comment>state of a device in the cloud: it has connected</comment>
        <translation>Aprovisionado</translation>
    </message>
    <message>
        <source>Blocked</source>
        <comment>state of a device in the cloud</comment>
        <translation>Bloqueado</translation>
    </message>
    <message>
        <source>Missing</source>
        <comment>state of a device in the cloud: it is not there</comment>
        <translation>Falta</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::AuditController</name>
    <message>
        <source>Verifying every row</source>
        <comment>what is done with the audit log</comment>
        <translation>Verificando cada fila</translation>
    </message>
    <message>
        <source>%1 rows, gapless and unchanged. Nothing was signed yet.</source>
        <comment>the audit log</comment>
        <translation>%1 filas, sin huecos ni cambios. Aún no se firmó nada.</translation>
    </message>
    <message>
        <source>%1 rows, gapless and unchanged, as they were signed at row %2.</source>
        <comment>the audit log</comment>
        <translation>%1 filas, sin huecos ni cambios, tal como se firmaron en la fila %2.</translation>
    </message>
    <message>
        <source>Signing</source>
        <comment>what is done with the audit log</comment>
        <translation>Firmando</translation>
    </message>
    <message>
        <source>%1 rows stand under a signed checkpoint now.</source>
        <comment>the audit log</comment>
        <translation>%1 filas están ahora bajo un punto de control firmado.</translation>
    </message>
    <message>
        <source>Writing a copy. Leave the stick in.</source>
        <comment>what is done with the audit log</comment>
        <translation>Escribiendo una copia. No saque la memoria.</translation>
    </message>
    <message>
        <source>The log and its checkpoint are in %1, and were verified there.</source>
        <comment>%1: a file</comment>
        <translation>El registro y su punto de control están en %1 y se verificaron allí.</translation>
    </message>
    <message>
        <source>Everything</source>
        <comment>rows of the audit log</comment>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Units</source>
        <comment>rows of the audit log</comment>
        <translation>Unidades</translation>
    </message>
    <message>
        <source>Batches</source>
        <comment>rows of the audit log</comment>
        <translation>Lotes</translation>
    </message>
    <message>
        <source>People</source>
        <comment>rows of the audit log</comment>
        <translation>Personas</translation>
    </message>
    <message>
        <source>Signatures</source>
        <comment>rows of the audit log</comment>
        <translation>Firmas</translation>
    </message>
    <message>
        <source>%1 rows; none is under a signature yet</source>
        <comment>the audit log</comment>
        <translation>%1 filas; ninguna firmada aún</translation>
    </message>
    <message>
        <source>%1 rows; signed up to row %2</source>
        <comment>the audit log</comment>
        <translation>%1 filas; firmadas hasta la %2</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::AuthorityController</name>
    <message>
        <source>Passphrase of %1</source>
        <comment>%1: a supervisor</comment>
        <translation>Frase de paso de %1</translation>
    </message>
    <message>
        <source>A passphrase for %1, of %2 characters or more, that nobody else knows</source>
        <comment>%1: a supervisor, %2: a number</comment>
        <translation>Una frase de paso para %1, de %2 caracteres o más, que nadie más conozca</translation>
    </message>
    <message>
        <source>The same passphrase once more</source>
        <comment>a new passphrase is entered twice</comment>
        <translation>La misma frase de paso otra vez</translation>
    </message>
    <message>
        <source>That is too short. A passphrase has %1 characters or more.</source>
        <comment>a new passphrase; %1: a number</comment>
        <translation>Es demasiado corta. Una frase de paso tiene %1 caracteres o más.</translation>
    </message>
    <message>
        <source>The two entries differ. Enter a new passphrase, and the same once more.</source>
        <comment>a new passphrase is entered twice</comment>
        <translation>Las dos entradas difieren. Introduzca una frase nueva y otra vez la misma.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::BatchController</name>
    <message>
        <source>Pausing</source>
        <comment>what is done with a batch</comment>
        <translation>Pausando</translation>
    </message>
    <message>
        <source>It is paused: no board of it is begun.</source>
        <comment>a batch</comment>
        <translation>Está en pausa: no se empieza ninguna placa.</translation>
    </message>
    <message>
        <source>Taking it up again</source>
        <comment>what is done with a batch</comment>
        <translation>Reanudando</translation>
    </message>
    <message>
        <source>It is open again.</source>
        <comment>a batch</comment>
        <translation>Está abierto de nuevo.</translation>
    </message>
    <message>
        <source>Closing</source>
        <comment>what is done with a batch</comment>
        <translation>Cerrando</translation>
    </message>
    <message>
        <source>It is closed for good. Hand it over now.</source>
        <comment>a batch</comment>
        <translation>Está cerrado definitivamente. Entréguelo ahora.</translation>
    </message>
    <message>
        <source>Writing the manifest. Leave the stick in.</source>
        <comment>what is done with a batch</comment>
        <translation>Escribiendo el manifiesto. No saque la memoria.</translation>
    </message>
    <message>
        <source>The manifest is on the stick, and was read back and verified. The stick may be pulled out.</source>
        <comment>a batch</comment>
        <translation>El manifiesto está en la memoria, releído y verificado. Ya puede sacarla.</translation>
    </message>
    <message>
        <source>Writing the manifest</source>
        <comment>what is done with a batch</comment>
        <translation>Escribiendo el manifiesto</translation>
    </message>
    <message>
        <source>The manifest is in %1, and was verified.</source>
        <comment>%1: a folder</comment>
        <translation>El manifiesto está en %1 y fue verificado.</translation>
    </message>
    <message>
        <source>Recorded</source>
        <comment>a batch&apos;s fact: how many units</comment>
        <translation>Registradas</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>recorded of ordered</comment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <comment>a batch&apos;s fact: units that wait for their board</comment>
        <translation>Sin resolver</translation>
    </message>
    <message>
        <source>Voided</source>
        <comment>a batch&apos;s fact: how many units</comment>
        <translation>Anuladas</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>a batch&apos;s fact: how many jobs</comment>
        <translation>Fallidas</translation>
    </message>
    <message>
        <source>Credential</source>
        <comment>a batch&apos;s fact: certificate or SAS key</comment>
        <translation>Credencial</translation>
    </message>
    <message>
        <source>ID scope</source>
        <comment>a batch&apos;s fact: which cloud application it is for</comment>
        <translation>Ámbito de ID</translation>
    </message>
    <message>
        <source>Device IDs</source>
        <comment>a batch&apos;s fact: their pattern, or that they are listed</comment>
        <translation>ID de dispositivo</translation>
    </message>
    <message>
        <source>from a list</source>
        <comment>a batch&apos;s device IDs</comment>
        <translation>de una lista</translation>
    </message>
    <message>
        <source>May issue</source>
        <comment>a batch&apos;s fact: the cap</comment>
        <translation>Puede emitir</translation>
    </message>
    <message>
        <source>%1, %2 of them spare</source>
        <comment>%1: how many in all</comment>
        <translation>%1, %2 de ellas de reserva</translation>
    </message>
    <message>
        <source>Opened</source>
        <comment>a batch&apos;s fact: when and by whom</comment>
        <translation>Abierto</translation>
    </message>
    <message>
        <source>Stopped</source>
        <comment>a batch&apos;s fact: why the station paused it by itself</comment>
        <translation>Detenido</translation>
    </message>
    <message>
        <source>In the cloud</source>
        <comment>a batch&apos;s fact: how many of its devices are in which state there</comment>
        <translation>En la nube</translation>
    </message>
    <message>
        <source>Sample</source>
        <comment>a batch&apos;s fact: how many units register with the cloud from the line</comment>
        <translation>Muestra</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>units that register from the line, of every so many</comment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>void and not blocked %1</source>
        <comment>devices in the cloud; %1: how many</comment>
        <translation>anulado y sin bloquear %1</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::BatchesController</name>
    <message>
        <source>No open batch is called %1.</source>
        <comment>%1: what was scanned</comment>
        <translation>Ningún lote abierto se llama %1.</translation>
    </message>
    <message>
        <source>All is recorded, but not under a signature yet: %1. %2</source>
        <comment>%1: why, %2: what to do</comment>
        <translation>Todo está registrado, pero aún sin firma: %1. %2</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::CaController</name>
    <message>
        <source>It waits for its first certificate: keystamp ca request, then ca install.</source>
        <comment>a CA</comment>
        <translation>Espera su primer certificado: keystamp ca request y luego ca install.</translation>
    </message>
    <message>
        <source>It cannot be used: %1</source>
        <comment>%1: why</comment>
        <translation>No se puede usar: %1</translation>
    </message>
    <message>
        <source>Ready for when the other one ends.</source>
        <comment>a CA</comment>
        <translation>Lista para cuando termine la otra.</translation>
    </message>
    <message>
        <source>Roll to the other one now: leaves are cut short by its end.</source>
        <comment>a CA</comment>
        <translation>Cambie ya a la otra: su fin acorta los certificados nuevos.</translation>
    </message>
    <message>
        <source>Prepare the other one now; roll to it by %1.</source>
        <comment>a CA; %1: a date</comment>
        <translation>Prepare ya la otra; cambie a ella antes del %1.</translation>
    </message>
    <message>
        <source>Prepare the other one by %1; roll to it by %2.</source>
        <comment>a CA; %1, %2: dates</comment>
        <translation>Prepare la otra antes del %1; cambie a ella antes del %2.</translation>
    </message>
    <message>
        <source>it is over</source>
        <comment>a CA&apos;s life</comment>
        <translation>ya terminó</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <comment>a CA&apos;s life</comment>
        <translation>
            <numerusform>queda %n día</numerusform>
            <numerusform>quedan %n días</numerusform>
        </translation>
    </message>
    <message>
        <source>Primary CA</source>
        <comment>a CA&apos;s slot</comment>
        <translation>CA primaria</translation>
    </message>
    <message>
        <source>Secondary CA</source>
        <comment>a CA&apos;s slot</comment>
        <translation>CA secundaria</translation>
    </message>
    <message>
        <source>%1: the portal&apos;s verification code</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1: el código de verificación del portal</translation>
    </message>
    <message>
        <source>%1: where does its certificate go?</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1: ¿adónde va su certificado?</translation>
    </message>
    <message>
        <source>%1: where do the files go?</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1: ¿adónde van los archivos?</translation>
    </message>
    <message>
        <source>%1 for all new batches? Those that are open keep theirs. The cloud must have verified it before.</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>¿%1 para todos los lotes nuevos? Los abiertos conservan la suya. La nube debe haberla verificado antes.</translation>
    </message>
    <message>
        <source>In the portal: add the CA&apos;s certificate, have a code generated for it, and enter that here.</source>
        <comment>how a CA is verified</comment>
        <translation>En el portal: añada el certificado de la CA, genere un código para él e introdúzcalo aquí.</translation>
    </message>
    <message>
        <source>Verification code</source>
        <comment>the line of a CA&apos;s code</comment>
        <translation>Código de verificación</translation>
    </message>
    <message>
        <source>This is no verification code.</source>
        <comment>a CA&apos;s code</comment>
        <translation>Esto no es un código de verificación.</translation>
    </message>
    <message>
        <source>Writing. Leave the stick in.</source>
        <comment>a CA&apos;s files</comment>
        <translation>Escribiendo. No retire la memoria.</translation>
    </message>
    <message>
        <source>Writing</source>
        <comment>a CA&apos;s files</comment>
        <translation>Escribiendo</translation>
    </message>
    <message>
        <source>%1 is written and read back. The stick may be pulled out; come back with the portal&apos;s code.</source>
        <comment>%1: a file</comment>
        <translation>%1 está escrito y releído. Puede retirar la memoria; vuelva con el código del portal.</translation>
    </message>
    <message>
        <source>%1 is written and read back. Come back with the portal&apos;s code.</source>
        <comment>%1: a file</comment>
        <translation>%1 está escrito y releído. Vuelva con el código del portal.</translation>
    </message>
    <message>
        <source>%1 signs verification code %2</source>
        <comment>%1: primary or secondary CA, %2: a code</comment>
        <translation>%1 firma el código de verificación %2</translation>
    </message>
    <message>
        <source>%1 is signed, written and checked. Upload it in the portal by %2, and press Verify there.</source>
        <comment>%1: a file, %2: a date</comment>
        <translation>%1 está firmado, escrito y comprobado. Súbalo al portal antes del %2 y pulse allí Verificar.</translation>
    </message>
    <message>
        <source>The stick may be pulled out.</source>
        <comment>a CA&apos;s files</comment>
        <translation>Puede retirar la memoria.</translation>
    </message>
    <message>
        <source>%1 for all new batches</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1 para todos los lotes nuevos</translation>
    </message>
    <message>
        <source>New batches get the %1 from now on.</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>Los lotes nuevos usan desde ahora: %1.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ChecksModel</name>
    <message>
        <source>good</source>
        <comment>a line of the preflight</comment>
        <translation>bien</translation>
    </message>
    <message>
        <source>soon</source>
        <comment>a line of the preflight: good for today, to be seen to before long</comment>
        <translation>pronto</translation>
    </message>
    <message>
        <source>BAD</source>
        <comment>a line of the preflight: the shift must not start</comment>
        <translation>MAL</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ExtensionController</name>
    <message>
        <source>%3 wants %1 units and %2 spare: %4. A second supervisor releases it.</source>
        <comment>%1, %2: how many in a batch, %3: a person, %4: why</comment>
        <translation>%3 pide %1 unidades y %2 de reserva: %4. Lo libera un segundo supervisor.</translation>
    </message>
    <message>
        <source>How many more, for the device IDs that it has</source>
        <comment>line of a longer batch</comment>
        <translation>Cuántas más, para los ID de dispositivo que tiene</translation>
    </message>
    <message>
        <source>How many more</source>
        <comment>line of a longer batch</comment>
        <translation>Cuántas más</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>line of a longer batch: the reason</comment>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>How many more: a whole number.</source>
        <comment>what is wrong with a longer batch</comment>
        <translation>Cuántas más: un número entero.</translation>
    </message>
    <message>
        <source>Write why, for the record.</source>
        <comment>what is wrong with a longer batch</comment>
        <translation>Escriba el motivo, para el registro.</translation>
    </message>
    <message>
        <source>%1 more for batch %2: %3</source>
        <comment>%1: how many, %2: a batch, %3: why</comment>
        <translation>%1 más para el lote %2: %3</translation>
    </message>
    <message>
        <source>It waits for a second supervisor, who releases it here.</source>
        <comment>a longer batch</comment>
        <translation>Espera a un segundo supervisor, que lo libera aquí.</translation>
    </message>
    <message>
        <source>Release batch %1 for %2 units and %3 spare: %4</source>
        <comment>%1: a batch, %2, %3: how many, %4: why</comment>
        <translation>Liberar el lote %1 para %2 unidades y %3 de reserva: %4</translation>
    </message>
    <message>
        <source>It is released.</source>
        <comment>a longer batch</comment>
        <translation>Está liberado.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::FiguresController</name>
    <message>
        <source>p50 %1 ms, p95 %2 ms</source>
        <comment>how long the HSM takes: half of its answers, and 95 of 100, come within so many milliseconds</comment>
        <translation>p50 %1 ms, p95 %2 ms</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::FirstRunController</name>
    <message>
        <source>Another badge for %1</source>
        <comment>a supervisor&apos;s act; %1: their name</comment>
        <translation>Otra tarjeta para %1</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>line of the first supervisor</comment>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Badge: scan it</source>
        <comment>line of the first supervisor</comment>
        <translation>Tarjeta: escanéela</translation>
    </message>
    <message>
        <source>ID scope of the cloud</source>
        <comment>line of a test unit</comment>
        <translation>Ámbito de ID de la nube</translation>
    </message>
    <message>
        <source>A new station</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>Una estación nueva</translation>
    </message>
    <message>
        <source>The first supervisor</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>El primer supervisor</translation>
    </message>
    <message>
        <source>The scanner</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>El escáner</translation>
    </message>
    <message>
        <source>The fixtures</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>Los puestos</translation>
    </message>
    <message>
        <source>A test unit</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>Una unidad de prueba</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <comment>of a first run</comment>
        <translation>Paso %1 de %2</translation>
    </message>
    <message>
        <source>Nobody has worked with this station yet. Four steps make it ready: its first supervisor, its scanner, its fixtures, and one unit to try it all with. After the first of them the rest can wait.</source>
        <comment>a first run</comment>
        <translation>Nadie ha trabajado aún con esta estación. Cuatro pasos la dejan lista: su primer supervisor, su escáner, sus puestos y una unidad para probarlo todo. Tras el primero, lo demás puede esperar.</translation>
    </message>
    <message>
        <source>Supervisors open batches and decide about devices. Have at hand: a badge with a barcode, and a passphrase of %1 characters or more, which nobody can look up later.</source>
        <comment>a first run; %1: a number</comment>
        <translation>Los supervisores abren lotes y deciden sobre los dispositivos. Tenga a mano una tarjeta con código de barras y una frase de paso de %1 caracteres o más, que nadie podrá consultar después.</translation>
    </message>
    <message>
        <source>%1 is enrolled. Was the badge scanned while the keyboard was set wrong? Scan it again here; else go on.</source>
        <comment>a first run; %1: a person</comment>
        <translation>%1 está registrado. ¿Se escaneó la tarjeta con el teclado mal configurado? Escanéela aquí de nuevo; si no, siga.</translation>
    </message>
    <message>
        <source>Scan the test code, then your badge: the bar above says your name. If it does not, put the keyboard right, go back and scan the badge anew.</source>
        <comment>a first run</comment>
        <translation>Escanee el código de prueba y después su tarjeta: la barra de arriba dice su nombre. Si no lo hace, corrija el teclado, vuelva atrás y escanee la tarjeta de nuevo.</translation>
    </message>
    <message>
        <source>A fixture without a board is good. A red one says what to do.</source>
        <comment>a first run</comment>
        <translation>Un puesto sin placa está bien. Uno rojo dice qué hacer.</translation>
    </message>
    <message>
        <source>One board goes the whole way, as every board will. It keeps what it is given: take one that can be spared, or write the ID scope of your cloud and keep it. With the scope that stands here it connects nowhere.</source>
        <comment>a first run</comment>
        <translation>Una placa recorre todo el camino, como lo harán todas. Conserva lo que recibe: tome una de la que pueda prescindir, o escriba el ámbito de ID de su nube y úsela. Con el ámbito que figura aquí no se conecta a ningún sitio.</translation>
    </message>
    <message>
        <source>This station can issue nothing yet: its CA or group key is missing. Do this step later, by an ordinary batch.</source>
        <comment>a first run</comment>
        <translation>Esta estación aún no puede emitir nada: falta su CA o su clave de grupo. Haga este paso más tarde con un lote corriente.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <comment>button: goes on to where the passphrase is entered</comment>
        <translation>Frase de paso</translation>
    </message>
    <message>
        <source>Go on</source>
        <comment>button: to the next step</comment>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>button: ends the first run</comment>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Begin</source>
        <comment>button: opens the batch of a test unit</comment>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>A board was left on its way. Its batch is paused: take it up again and scan that board again.</source>
        <comment>end of a test unit</comment>
        <translation>Una placa quedó a medio camino. Su lote está en pausa: reanúdelo y escanee esa placa de nuevo.</translation>
    </message>
    <message>
        <source>No board has passed. The batch is closed; begin once more.</source>
        <comment>end of a test unit</comment>
        <translation>Ninguna placa ha pasado. El lote está cerrado; empiece otra vez.</translation>
    </message>
    <message>
        <source>%1 has passed, and its batch is closed: signer, journal and manifest agree.</source>
        <comment>end of a test unit; %1: a device ID</comment>
        <translation>%1 ha pasado y su lote está cerrado: el firmador, el diario y el manifiesto coinciden.</translation>
    </message>
    <message>
        <source>First supervisor: %1</source>
        <comment>what the first passphrase is for; %1: a person</comment>
        <translation>Primer supervisor: %1</translation>
    </message>
    <message>
        <source>Batch %1: a unit to try the station with, for ID scope %2</source>
        <comment>%1, %2: what a supervisor opens</comment>
        <translation>Lote %1: una unidad para probar la estación, para el ámbito de ID %2</translation>
    </message>
    <message>
        <source>The station is ready. From now on it is opened by a badge; keystamp person add brings in more people.</source>
        <comment>a first run</comment>
        <translation>La estación está lista. Desde ahora la abre una tarjeta; keystamp person add añade a más personas.</translation>
    </message>
    <message>
        <source>A name has 1 to 64 characters, a badge&apos;s code 4 to 128 plain letters, digits and signs. Write the name, and scan the badge again.</source>
        <comment>a first run</comment>
        <translation>Un nombre tiene de 1 a 64 caracteres, el código de una tarjeta de 4 a 128 letras, cifras y signos corrientes. Escriba el nombre y escanee la tarjeta de nuevo.</translation>
    </message>
    <message>
        <source>An ID scope has 4 to 32 letters and digits. Write it as the cloud&apos;s overview page shows it.</source>
        <comment>a first run</comment>
        <translation>Un ámbito de ID tiene de 4 a 32 letras y cifras. Escríbalo como lo muestra la página de resumen de la nube.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LabelsController</name>
    <message>
        <source>Labels that wait: %1.</source>
        <translation>Etiquetas en espera: %1.</translation>
    </message>
    <message>
        <source>The label of %1 may have come out twice: throw one away.</source>
        <translation>La etiqueta de %1 puede haber salido dos veces: tire una.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LifeModel</name>
    <message>
        <source>Recorded</source>
        <comment>a device&apos;s state</comment>
        <translation>Registrado</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <comment>a device&apos;s state</comment>
        <translation>Desechado</translation>
    </message>
    <message>
        <source>Void</source>
        <comment>a device&apos;s state</comment>
        <translation>Anulado</translation>
    </message>
    <message>
        <source>Begun</source>
        <comment>a device&apos;s state: nothing was issued yet</comment>
        <translation>Empezado</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <comment>a device&apos;s state: interrupted, it waits for its board</comment>
        <translation>Sin resolver</translation>
    </message>
    <message>
        <source>Batch</source>
        <comment>a device&apos;s fact</comment>
        <translation>Lote</translation>
    </message>
    <message>
        <source>Label</source>
        <comment>a device&apos;s fact: what was scanned</comment>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Board</source>
        <comment>a device&apos;s fact: UID, family, firmware</comment>
        <translation>Placa</translation>
    </message>
    <message>
        <source>Recorded</source>
        <comment>a device&apos;s fact: when, where</comment>
        <translation>Registrado</translation>
    </message>
    <message>
        <source>Shown by</source>
        <comment>a device&apos;s fact: proof, digest, read-back or accepted</comment>
        <translation>Demostrado por</translation>
    </message>
    <message>
        <source>Key made by</source>
        <comment>a device&apos;s fact: board, station ...</comment>
        <translation>Clave creada por</translation>
    </message>
    <message>
        <source>CA slot</source>
        <comment>a device&apos;s fact: primary or secondary</comment>
        <translation>Ranura de CA</translation>
    </message>
    <message>
        <source>Replaces</source>
        <comment>a device&apos;s fact: SHA-256 of the certificate before</comment>
        <translation>Sustituye a</translation>
    </message>
    <message>
        <source>Begun</source>
        <comment>an event: a unit was reserved</comment>
        <translation>Empezado</translation>
    </message>
    <message>
        <source>batch %1, label %2, board %3</source>
        <comment>where a unit was begun</comment>
        <translation>lote %1, etiqueta %2, placa %3</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <comment>an event</comment>
        <translation>Desechado</translation>
    </message>
    <message>
        <source>For rework</source>
        <comment>an event: voided, to be made anew</comment>
        <translation>Para rehacer</translation>
    </message>
    <message>
        <source>Void</source>
        <comment>an event</comment>
        <translation>Anulado</translation>
    </message>
    <message>
        <source>on %1</source>
        <comment>%1: a fixture</comment>
        <translation>en %1</translation>
    </message>
    <message>
        <source>on %1, by %2</source>
        <comment>%1: a fixture, %2: a person</comment>
        <translation>en %1, por %2</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LineController</name>
    <message>
        <source>%1 is chosen.</source>
        <comment>%1: a fixture</comment>
        <translation>%1 está elegido.</translation>
    </message>
    <message>
        <source>Scan the board on it.</source>
        <translation>Escanee la placa que tiene.</translation>
    </message>
    <message>
        <source>%1 is on %2.</source>
        <comment>%1: what was scanned, %2: a fixture</comment>
        <translation>%1 está en %2.</translation>
    </message>
    <message>
        <source>The scan is longer than any label.</source>
        <translation>El escaneo es más largo que cualquier etiqueta.</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again.</source>
        <translation>Escanee de nuevo la etiqueta de la placa.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>%1: what was scanned, %2: why it is refused</comment>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>A fixture is still at work.</source>
        <translation>Un puesto sigue trabajando.</translation>
    </message>
    <message>
        <source>Wait for its verdict, then go back.</source>
        <translation>Espere su veredicto y después vuelva.</translation>
    </message>
    <message>
        <source>The label is on the board on %1.</source>
        <comment>%1: a fixture</comment>
        <translation>La etiqueta está en la placa de %1.</translation>
    </message>
    <message>
        <source>Put the next board on.</source>
        <translation>Coloque la siguiente placa.</translation>
    </message>
    <message>
        <source>%1: %2 (%3).</source>
        <comment>%1: what was scanned, %2: why it is refused, %3: a fixture and its board</comment>
        <translation>%1: %2 (%3).</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::NewBatchController</name>
    <message>
        <source>Name</source>
        <comment>line of a new batch</comment>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>ID scope</source>
        <comment>line of a new batch</comment>
        <translation>Ámbito de ID</translation>
    </message>
    <message>
        <source>Device IDs, {seq:06} is the number</source>
        <comment>line of a new batch: the pattern</comment>
        <translation>ID de dispositivo, {seq:06} es el número</translation>
    </message>
    <message>
        <source>First number</source>
        <comment>line of a new batch</comment>
        <translation>Primer número</translation>
    </message>
    <message>
        <source>How many</source>
        <comment>line of a new batch</comment>
        <translation>Cuántas</translation>
    </message>
    <message>
        <source>Spare; empty: a tenth, at least 5</source>
        <comment>line of a new batch</comment>
        <translation>Reserva; vacío: una décima parte, mínimo 5</translation>
    </message>
    <message>
        <source>Batch %1: %2 units, %3 spare, for ID scope %4</source>
        <comment>%1 to %4: what a supervisor opens</comment>
        <translation>Lote %1: %2 unidades, %3 de reserva, para el ámbito de ID %4</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::PersonController</name>
    <message>
        <source>%1 was logged out: nothing was touched for a while.</source>
        <comment>%1: a person</comment>
        <translation>Se cerró la sesión de %1: no se tocó nada durante un rato.</translation>
    </message>
    <message>
        <source>%1 may be at this station no more.</source>
        <comment>%1: a person</comment>
        <translation>%1 ya no puede usar esta estación.</translation>
    </message>
    <message>
        <source>%1 is logged in.</source>
        <comment>%1: a person</comment>
        <translation>%1 tiene la sesión abierta.</translation>
    </message>
    <message>
        <source>Log in</source>
        <comment>a supervisor&apos;s act: the passphrase lets them in</comment>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>%1 has taken over from %2.</source>
        <comment>%1, %2: persons</comment>
        <translation>%1 ha relevado a %2.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::PreflightController</name>
    <message>
        <source>Checking</source>
        <comment>the preflight is not at its end</comment>
        <translation>Comprobando</translation>
    </message>
    <message numerus="yes">
        <source>Not ready: %n check(s) are bad. Each line says what to do.</source>
        <comment>end of the preflight</comment>
        <translation>
            <numerusform>No está lista: %n comprobación está mal. Su línea dice qué hacer.</numerusform>
            <numerusform>No está lista: %n comprobaciones están mal. Cada línea dice qué hacer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The station is ready. %n line(s) to see to soon.</source>
        <comment>end of the preflight</comment>
        <translation>
            <numerusform>La estación está lista. %n línea que atender pronto.</numerusform>
            <numerusform>La estación está lista. %n líneas que atender pronto.</numerusform>
        </translation>
    </message>
    <message>
        <source>The station is ready.</source>
        <comment>end of the preflight</comment>
        <translation>La estación está lista.</translation>
    </message>
    <message>
        <source>The fixtures are ready.</source>
        <comment>end of the check of fixtures</comment>
        <translation>Los puestos están listos.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ScanTrialController</name>
    <message>
        <source>Scan</source>
        <comment>what the scanner sent</comment>
        <translation>Lectura</translation>
    </message>
    <message>
        <source>The scanner and the station&apos;s keyboard fit together.</source>
        <translation>El escáner y el teclado de la estación concuerdan.</translation>
    </message>
    <message>
        <source>Now scan a board&apos;s label.</source>
        <translation>Ahora escanee la etiqueta de una placa.</translation>
    </message>
    <message>
        <source>Upper and lower case are exchanged.</source>
        <translation>Las mayúsculas y las minúsculas están intercambiadas.</translation>
    </message>
    <message>
        <source>Switch Caps Lock off, and scan the test code again.</source>
        <translation>Desactive Bloq Mayús y escanee de nuevo el código de prueba.</translation>
    </message>
    <message>
        <source>Set the station&apos;s keyboard to US, or the scanner to the station&apos;s.</source>
        <translation>Ponga el teclado de la estación en US, o el escáner en el de la estación.</translation>
    </message>
    <message>
        <source>Test code</source>
        <comment>what the test code says</comment>
        <translation>Código de prueba</translation>
    </message>
    <message>
        <source>The station&apos;s keyboard is none that scanners type on.</source>
        <translation>El teclado de la estación no es de los que usan los escáneres.</translation>
    </message>
    <message>
        <source>The station&apos;s keyboard is %1; the scanner types on US.</source>
        <comment>%1: a layout: de, fr, ...</comment>
        <translation>El teclado de la estación es %1; el escáner escribe en US.</translation>
    </message>
    <message>
        <source>Barcode</source>
        <comment>what kind it is</comment>
        <translation>Código</translation>
    </message>
    <message>
        <source>This is the label of %1.</source>
        <comment>%1: a fixture</comment>
        <translation>Esta es la etiqueta de %1.</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>an engineer&apos;s detail</comment>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Board</source>
        <comment>the text that the station takes for the board</comment>
        <translation>Placa</translation>
    </message>
    <message>
        <source>Device ID</source>
        <translation>ID del dispositivo</translation>
    </message>
    <message>
        <source>The station can use this scan.</source>
        <translation>La estación puede usar esta lectura.</translation>
    </message>
    <message>
        <source>It is no device ID: a batch takes it as a serial number, or refuses it.</source>
        <translation>No es un ID de dispositivo: un lote lo toma como número de serie o lo rechaza.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::TilesModel</name>
    <message>
        <source>Not connected</source>
        <comment>a fixture whose cable is not there</comment>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>Scan the board</source>
        <comment>for this fixture</comment>
        <translation>Escanee la placa</translation>
    </message>
    <message>
        <source>Put a board on</source>
        <translation>Coloque una placa</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <comment>a rule refused the scan; no verdict on the board</comment>
        <translation>No aceptado</translation>
    </message>
    <message>
        <source>%1, %2 times in a row</source>
        <comment>%1: what went wrong with a board</comment>
        <translation>%1, %2 veces seguidas</translation>
    </message>
    <message>
        <source>Fixture stopped: check contacts, cable and boards.</source>
        <comment>beside a button Take up again</comment>
        <translation>Puesto parado: revise contactos, cable y placas.</translation>
    </message>
    <message>
        <source>Put the label on and scan it</source>
        <comment>on a fixture&apos;s tile, after PASS</comment>
        <translation>Pegue la etiqueta y escanéela</translation>
    </message>
    <message>
        <source>Then the next board.</source>
        <comment>after: put the label on and scan it</comment>
        <translation>Después, la siguiente placa.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::UnitActController</name>
    <message>
        <source>Rework of %1: why?</source>
        <comment>%1: a device</comment>
        <translation>Rehacer %1: ¿por qué?</translation>
    </message>
    <message>
        <source>Scrapping of %1: why?</source>
        <comment>%1: a device</comment>
        <translation>Desechar %1: ¿por qué?</translation>
    </message>
    <message>
        <source>Flash replaced or erased</source>
        <comment>a reason for rework</comment>
        <translation>Flash sustituida o borrada</translation>
    </message>
    <message>
        <source>Board repaired</source>
        <comment>a reason for rework</comment>
        <translation>Placa reparada</translation>
    </message>
    <message>
        <source>Back from the customer</source>
        <comment>a reason for rework</comment>
        <translation>Devuelta por el cliente</translation>
    </message>
    <message>
        <source>Wrong firmware</source>
        <comment>a reason for rework</comment>
        <translation>Firmware equivocado</translation>
    </message>
    <message>
        <source>Board damaged</source>
        <comment>a reason for scrapping</comment>
        <translation>Placa dañada</translation>
    </message>
    <message>
        <source>Board cannot be repaired</source>
        <comment>a reason for scrapping</comment>
        <translation>La placa no se puede reparar</translation>
    </message>
    <message>
        <source>Credential may be known to others</source>
        <comment>a reason for scrapping</comment>
        <translation>Otros pueden conocer la credencial</translation>
    </message>
    <message>
        <source>Quality sample, destroyed</source>
        <comment>a reason for scrapping</comment>
        <translation>Muestra de calidad, destruida</translation>
    </message>
    <message>
        <source>Rework of %1: %2</source>
        <comment>%1: a device, %2: why</comment>
        <translation>Rehacer %1: %2</translation>
    </message>
    <message>
        <source>Scrapping of %1: %2</source>
        <comment>%1: a device, %2: why</comment>
        <translation>Desechar %1: %2</translation>
    </message>
    <message>
        <source>%1 is void. Scan its label again in an open batch and it is made anew; a locked board must be erased before.</source>
        <comment>%1: a device</comment>
        <translation>%1 queda anulado. Escanee de nuevo su etiqueta en un lote abierto y se hará de nuevo; una placa bloqueada debe borrarse antes.</translation>
    </message>
    <message>
        <source>%1 is void, and its board is refused from now on.</source>
        <comment>%1: a device</comment>
        <translation>%1 queda anulado y su placa se rechaza desde ahora.</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>the line of another reason</comment>
        <translation>Motivo</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::UnitController</name>
    <message>
        <source>Never begun</source>
        <comment>no board was ever given this ID</comment>
        <translation>Nunca empezado</translation>
    </message>
    <message>
        <source>It was also %1.</source>
        <comment>%1: other device IDs that a board or label had</comment>
        <translation>También fue %1.</translation>
    </message>
    <message>
        <source>Its label is printed again.</source>
        <translation>Su etiqueta se imprime de nuevo.</translation>
    </message>
    <message>
        <source>In the cloud</source>
        <comment>a device&apos;s fact: its state there, and when that was told</comment>
        <translation>En la nube</translation>
    </message>
</context>
</TS>
