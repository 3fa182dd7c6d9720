<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AnswerBar</name>
    <message>
        <source>Scan a board&apos;s label</source>
        <extracomment>shown before the first scan</extracomment>
        <translation>Etikett einer Platine scannen</translation>
    </message>
    <message>
        <source>Enter ends the scan</source>
        <extracomment>while a scan is being typed</extracomment>
        <translation>Enter beendet den Scan</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Audit log</source>
        <extracomment>for screen readers: the page of the audit log
----------
title of the page of the audit log</extracomment>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Verify now</source>
        <extracomment>button: follows the audit log from its first row to its last</extracomment>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Sign now</source>
        <extracomment>button: has the HSM sign the audit log as it is now</extracomment>
        <translation>Jetzt signieren</translation>
    </message>
    <message>
        <source>Rows, newest first</source>
        <extracomment>for screen readers</extracomment>
        <translation>Zeilen, neueste zuerst</translation>
    </message>
    <message>
        <source>Nothing like that here</source>
        <extracomment>nothing in the audit log is what is looked for</extracomment>
        <translation>Nichts dergleichen hier</translation>
    </message>
    <message>
        <source>Older</source>
        <extracomment>button: rows of the audit log from before these</extracomment>
        <translation>Ältere</translation>
    </message>
    <message>
        <source>Newest</source>
        <extracomment>button: the audit log from its newest row on</extracomment>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>A copy to take away</source>
        <extracomment>heading: where the audit log may be written to</extracomment>
        <translation>Kopie zum Mitnehmen</translation>
    </message>
    <message>
        <source>Scan a label or type a name, then Enter, to look for it</source>
        <extracomment>the audit log can be looked through by scanning</extracomment>
        <translation>Zum Suchen ein Etikett scannen oder einen Namen tippen, dann Enter</translation>
    </message>
    <message>
        <source>Rows with %1</source>
        <extracomment>%1 is what rows of the audit log are looked for that have it</extracomment>
        <translation>Zeilen mit %1</translation>
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
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>One moment</source>
        <extracomment>while the signer looks at the passphrase and does what it is for</extracomment>
        <translation>Einen Moment</translation>
    </message>
    <message>
        <source>%1 characters entered</source>
        <extracomment>for screen readers; %1 is a number</extracomment>
        <translation>%1 Zeichen eingegeben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>OK</source>
        <extracomment>key: the passphrase is whole</extracomment>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>BatchOverview</name>
    <message>
        <source>What it is</source>
        <extracomment>heading
----------
for screen readers</extracomment>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>Three counts that must agree</source>
        <extracomment>heading of three numbers</extracomment>
        <translation>Drei Zahlen, die gleich sein müssen</translation>
    </message>
    <message>
        <source>signer</source>
        <extracomment>what the signer&apos;s ledger counts of a batch</extracomment>
        <translation>Signierer</translation>
    </message>
    <message>
        <source>journal</source>
        <extracomment>what the journal counts of a batch</extracomment>
        <translation>Journal</translation>
    </message>
    <message>
        <source>manifest</source>
        <extracomment>what the manifest counts of a batch</extracomment>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Hand it over</source>
        <extracomment>heading: where the manifest may be written to</extracomment>
        <translation>Übergeben</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>Batch</source>
        <extracomment>for screen readers: the page of one batch</extracomment>
        <translation>Los</translation>
    </message>
    <message>
        <source>Pause</source>
        <extracomment>button: no board of this batch is begun until it is taken up again</extracomment>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <extracomment>button: a paused batch goes on</extracomment>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Close for good</source>
        <extracomment>button: ends a batch; asks first</extracomment>
        <translation>Endgültig schließen</translation>
    </message>
    <message>
        <source>Nothing is issued in a closed batch any more. Close it?</source>
        <extracomment>before a batch is closed</extracomment>
        <translation>In einem geschlossenen Los wird nichts mehr ausgestellt. Schließen?</translation>
    </message>
    <message>
        <source>Close it</source>
        <extracomment>button: ends a batch now</extracomment>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <extracomment>button: the batch is not closed</extracomment>
        <translation>Offen lassen</translation>
    </message>
    <message>
        <source>Release it</source>
        <extracomment>button: a second supervisor lets a batch be as long as the first one asked</extracomment>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Extend</source>
        <extracomment>button: a supervisor asks for more units of this batch</extracomment>
        <translation>Erweitern</translation>
    </message>
    <message>
        <source>Figures</source>
        <extracomment>button: to the page of a batch&apos;s figures</extracomment>
        <translation>Zahlen</translation>
    </message>
</context>
<context>
    <name>BatchRow</name>
    <message>
        <source>%1, %2, %3 of %4 recorded</source>
        <extracomment>for screen readers: %1 is a batch, %2 its kind, %3 of %4 units recorded</extracomment>
        <translation>%1, %2, %3 von %4 erfasst</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>%1 of %2 units of a batch are recorded</extracomment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 unresolved</source>
        <extracomment>%1 units were interrupted and wait for their board</extracomment>
        <translation>%1 ungeklärt</translation>
    </message>
    <message>
        <source>More</source>
        <extracomment>button on a batch: to its own page</extracomment>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More about %1</source>
        <extracomment>for screen readers: %1 is a batch</extracomment>
        <translation>Mehr zu %1</translation>
    </message>
</context>
<context>
    <name>BatchesPage</name>
    <message>
        <source>Batches</source>
        <extracomment>for screen readers: the page of the batches
----------
title of the page of batches for an auditor, who chooses none</extracomment>
        <translation>Lose</translation>
    </message>
    <message>
        <source>Choose a batch</source>
        <extracomment>title of the page of batches</extracomment>
        <translation>Los wählen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <extracomment>button: read the list of batches again</extracomment>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Open batches</source>
        <extracomment>for screen readers</extracomment>
        <translation>Offene Lose</translation>
    </message>
    <message numerus="yes">
        <source>%n unit(s) were interrupted: put those boards on and scan them again</source>
        <extracomment>%n units were interrupted</extracomment>
        <translation>
            <numerusform>%n Einheit wurde unterbrochen: Platine auflegen und erneut scannen</numerusform>
            <numerusform>%n Einheiten wurden unterbrochen: Platinen auflegen und erneut scannen</numerusform>
        </translation>
    </message>
    <message>
        <source>Touch a batch, or scan its name</source>
        <extracomment>a batch can be chosen by its barcode</extracomment>
        <translation>Ein Los antippen oder seinen Namen scannen</translation>
    </message>
    <message>
        <source>All batches</source>
        <extracomment>button: shows paused and closed batches, too</extracomment>
        <translation>Alle Lose</translation>
    </message>
    <message>
        <source>Open ones</source>
        <extracomment>button: shows open batches alone</extracomment>
        <translation>Nur offene</translation>
    </message>
    <message>
        <source>Menu</source>
        <extracomment>button: to the page from which all others are reached</extracomment>
        <translation>Menü</translation>
    </message>
    <message>
        <source>New batch</source>
        <extracomment>button: to the page on which a batch is opened</extracomment>
        <translation>Neues Los</translation>
    </message>
    <message>
        <source>No batch is open.
A supervisor opens one.</source>
        <extracomment>there is nothing to choose</extracomment>
        <translation>Kein Los ist offen.
Die Schichtleitung öffnet eines.</translation>
    </message>
    <message>
        <source>Nobody logs in here, so the records name nobody. A supervisor adds persons by: keystamp person add</source>
        <extracomment>there are no persons; the command is not translated</extracomment>
        <translation>Hier meldet sich niemand an, also nennen die Aufzeichnungen niemanden. Die Schichtleitung trägt Personen ein mit: keystamp person add</translation>
    </message>
    <message>
        <source>You may look at devices, figures and the preflight; boards are an operator&apos;s work</source>
        <extracomment>to an auditor, who cannot choose a batch</extracomment>
        <translation>Sie können Geräte, Zahlen und die Startprüfung ansehen; Platinen bearbeitet die Bedienung</translation>
    </message>
</context>
<context>
    <name>CaCard</name>
    <message>
        <source>in use</source>
        <extracomment>a CA that new batches get</extracomment>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>Ends on %1  ·  %2</source>
        <extracomment>a CA&apos;s life: %1 is when it ends, %2 how long that is, &quot;812 days left&quot;, or that it is over</extracomment>
        <translation>Endet am %1  ·  %2</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>a CA&apos;s fact</extracomment>
        <translation>Name</translation>
    </message>
    <message>
        <source>SHA-1</source>
        <extracomment>a CA&apos;s fact: the thumbprint that a portal shows</extracomment>
        <translation>SHA-1</translation>
    </message>
    <message>
        <source>Verify</source>
        <extracomment>button: has a cloud verify this CA, by a code</extracomment>
        <translation>Verifizieren</translation>
    </message>
    <message>
        <source>Verify: %1</source>
        <extracomment>for screen readers; %1 is primary or secondary CA</extracomment>
        <translation>Verifizieren: %1</translation>
    </message>
    <message>
        <source>Roll to it</source>
        <extracomment>button: new batches get this CA from now on; asks first</extracomment>
        <translation>Auf sie wechseln</translation>
    </message>
    <message>
        <source>Roll to it: %1</source>
        <extracomment>for screen readers; %1 is primary or secondary CA</extracomment>
        <translation>Wechseln auf: %1</translation>
    </message>
</context>
<context>
    <name>CaCodeForm</name>
    <message>
        <source>This is the code</source>
        <extracomment>button: the code is all of it; where the files go is asked next</extracomment>
        <translation>Das ist der Code</translation>
    </message>
    <message>
        <source>No code yet: the certificate alone</source>
        <extracomment>button: the portal has no code yet; the CA&apos;s certificate, for which it gives one, is written alone</extracomment>
        <translation>Noch kein Code: nur das Zertifikat</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>CaPage</name>
    <message>
        <source>CAs</source>
        <extracomment>for screen readers: the page of the CAs
----------
title of the page of the CAs</extracomment>
        <translation>CAs</translation>
    </message>
    <message>
        <source>Roll</source>
        <extracomment>button: new batches get the other CA; a passphrase is asked for</extracomment>
        <translation>Wechseln</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done
----------
button: back to the code</extracomment>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>Checks</source>
        <extracomment>for screen readers</extracomment>
        <translation>Prüfungen</translation>
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
        <translation>Mehr wird erst ausgestellt, wenn eine zweite Schichtleitung es freigegeben hat.</translation>
    </message>
    <message>
        <source>Ask for it</source>
        <extracomment>button: a longer batch is asked for; a passphrase is wanted</extracomment>
        <translation>Beantragen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>Abbrechen</translation>
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
        <translation>%1: %2, %3-mal</translation>
    </message>
    <message>
        <source>%1 · up to here %2 %</source>
        <extracomment>how often something failed, and %2 per cent of all failures are this and those above; a Pareto chart</extracomment>
        <translation>%1 · bis hier %2 %</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Figures</source>
        <extracomment>for screen readers: the page of the line&apos;s figures</extracomment>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>The last %1 hours</source>
        <extracomment>title of the page of the line&apos;s figures; %1 hours</extracomment>
        <translation>Die letzten %1 Stunden</translation>
    </message>
    <message>
        <source>Shift</source>
        <extracomment>button: figures of the last eight hours</extracomment>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Day</source>
        <extracomment>button: figures of the last 24 hours</extracomment>
        <translation>Tag</translation>
    </message>
    <message>
        <source>recorded</source>
        <extracomment>label of the counter of recorded units</extracomment>
        <translation>erfasst</translation>
    </message>
    <message>
        <source>from unit to unit</source>
        <extracomment>label: the usual time from one unit to the next</extracomment>
        <translation>von Einheit zu Einheit</translation>
    </message>
    <message>
        <source>passed at once</source>
        <extracomment>label: the share of boards that passed at their first job</extracomment>
        <translation>auf Anhieb gut</translation>
    </message>
    <message>
        <source>What fails, the most frequent first</source>
        <extracomment>for screen readers</extracomment>
        <translation>Was fehlschlägt, das Häufigste zuerst</translation>
    </message>
    <message>
        <source>Nothing has failed.</source>
        <extracomment>in the place of the list of failures</extracomment>
        <translation>Nichts ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>HSM answers in</source>
        <extracomment>name of a figure: how long the HSM takes for a signature or a key</extracomment>
        <translation>HSM antwortet in</translation>
    </message>
    <message>
        <source>Batch</source>
        <extracomment>button: figures of all of a batch</extracomment>
        <translation>Los</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>First run</source>
        <extracomment>for screen readers: the pages that make a new station ready</extracomment>
        <translation>Erster Start</translation>
    </message>
    <message>
        <source>Look again</source>
        <extracomment>button: the fixtures are looked at once more</extracomment>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Later</source>
        <extracomment>button: the rest of the first run is left out</extracomment>
        <translation>Später</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>Eine andere Sprache als %1</translation>
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
        <translation>%1: %2 erfasst, %3 fehlerhaft</translation>
    </message>
</context>
<context>
    <name>HourChart</name>
    <message>
        <source>Units per hour</source>
        <extracomment>heading of a chart</extracomment>
        <translation>Einheiten je Stunde</translation>
    </message>
    <message>
        <source>Units per day</source>
        <extracomment>heading of a chart</extracomment>
        <translation>Einheiten je Tag</translation>
    </message>
</context>
<context>
    <name>LabelCard</name>
    <message>
        <source>Its label</source>
        <extracomment>for screen readers: the picture of a unit&apos;s printed label</extracomment>
        <translation>Sein Etikett</translation>
    </message>
    <message>
        <source>Print again</source>
        <extracomment>button: a unit&apos;s label is printed once more</extracomment>
        <translation>Nochmals drucken</translation>
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
        <translation>Lose</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>counter of recorded units; %1 of %2 ordered</extracomment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>recorded</source>
        <extracomment>label of the counter of recorded units</extracomment>
        <translation>erfasst</translation>
    </message>
    <message>
        <source>failed</source>
        <extracomment>label of the counter of failed attempts</extracomment>
        <translation>fehlerhaft</translation>
    </message>
    <message>
        <source>unresolved</source>
        <extracomment>label of the counter of units that wait for their board</extracomment>
        <translation>ungeklärt</translation>
    </message>
    <message>
        <source>8 hours: %1 · takt %2 · first pass %3</source>
        <extracomment>the line&apos;s last eight hours: %1 units, %2 from one to the next, %3 of boards passed at once</extracomment>
        <translation>8 Stunden: %1 · Takt %2 · auf Anhieb %3</translation>
    </message>
    <message>
        <source>in 8 hours</source>
        <extracomment>label of the counter of all units that were recorded in the last eight hours</extracomment>
        <translation>in 8 Stunden</translation>
    </message>
    <message>
        <source>takt</source>
        <extracomment>label: the usual time from one unit to the next, short</extracomment>
        <translation>Takt</translation>
    </message>
    <message>
        <source>first pass</source>
        <extracomment>label: first-pass yield, short</extracomment>
        <translation>auf Anhieb</translation>
    </message>
</context>
<context>
    <name>LinePage</name>
    <message>
        <source>Fixtures</source>
        <extracomment>for screen readers: the page of the fixtures</extracomment>
        <translation>Aufnahmen</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Locked</source>
        <extracomment>for screen readers: the page that waits for a badge</extracomment>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>Eine andere Sprache als %1</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <extracomment>the kiosk is locked</extracomment>
        <translation>Ausweis scannen</translation>
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
        <translation>DEMO  ·  nichts hiervon ist zum Verkauf</translation>
    </message>
</context>
<context>
    <name>MediaChoice</name>
    <message>
        <source>Put a memory stick in, or keep it here.</source>
        <extracomment>where memory sticks are listed</extracomment>
        <translation>Einen USB-Stick einstecken oder hier behalten.</translation>
    </message>
    <message>
        <source>It is written, read back and verified.</source>
        <extracomment>above the memory sticks that are in</extracomment>
        <translation>Es wird geschrieben, zurückgelesen und geprüft.</translation>
    </message>
    <message>
        <source>%1  ·  %2 free</source>
        <extracomment>button: writes to a memory stick; %1 is its name, %2 the room on it</extracomment>
        <translation>%1  ·  %2 frei</translation>
    </message>
    <message>
        <source>Keep it at this station</source>
        <extracomment>button: writes to a folder of this machine</extracomment>
        <translation>An dieser Station behalten</translation>
    </message>
</context>
<context>
    <name>MenuPage</name>
    <message>
        <source>Menu</source>
        <extracomment>for screen readers: the page from which all others are reached
----------
title of the page from which all others are reached</extracomment>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Find a device</source>
        <extracomment>button: to the page of one device</extracomment>
        <translation>Gerät suchen</translation>
    </message>
    <message>
        <source>what it is, and its whole life</source>
        <extracomment>under a button: what a device may be looked up for</extracomment>
        <translation>was es ist und sein ganzes Leben</translation>
    </message>
    <message>
        <source>Preflight</source>
        <extracomment>button: to the page of every check that a shift starts with</extracomment>
        <translation>Startprüfung</translation>
    </message>
    <message>
        <source>everything that a shift needs</source>
        <extracomment>under a button</extracomment>
        <translation>alles, was eine Schicht braucht</translation>
    </message>
    <message>
        <source>Figures</source>
        <extracomment>button: to the page of the line&apos;s figures</extracomment>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>units an hour, yield, what fails most</source>
        <extracomment>under a button</extracomment>
        <translation>Einheiten je Stunde, Ausbeute, häufigste Fehler</translation>
    </message>
    <message>
        <source>touch for the next language</source>
        <extracomment>under a button that has the language&apos;s name on it</extracomment>
        <translation>berühren für die nächste Sprache</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>Eine andere Sprache als %1</translation>
    </message>
    <message>
        <source>Try the scanner</source>
        <extracomment>button: to the page where a scanner is tried</extracomment>
        <translation>Scanner ausprobieren</translation>
    </message>
    <message>
        <source>what the station makes of a scan, and whether the keyboard&apos;s layout is right</source>
        <extracomment>under a button</extracomment>
        <translation>was die Station aus einem Scan macht und ob die Tastaturbelegung stimmt</translation>
    </message>
    <message>
        <source>Audit log</source>
        <extracomment>button: to the page of the audit log</extracomment>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>all that was done here, verified, a copy to take away</source>
        <extracomment>under a button</extracomment>
        <translation>alles, was hier getan wurde, geprüft; eine Kopie zum Mitnehmen</translation>
    </message>
    <message>
        <source>CAs</source>
        <extracomment>button: to the page of the CAs</extracomment>
        <translation>CAs</translation>
    </message>
    <message>
        <source>how long they last, have a cloud verify one, roll to the other</source>
        <extracomment>under a button</extracomment>
        <translation>wie lange sie gelten, eine von der Cloud verifizieren lassen, auf die andere wechseln</translation>
    </message>
</context>
<context>
    <name>NewBatchPage</name>
    <message>
        <source>New batch</source>
        <extracomment>for screen readers: the page on which a batch is opened
----------
title of the page on which a batch is opened</extracomment>
        <translation>Neues Los</translation>
    </message>
    <message>
        <source>Open it</source>
        <extracomment>button: opens the batch as it is written; a passphrase is asked for</extracomment>
        <translation>Eröffnen</translation>
    </message>
    <message>
        <source>Device IDs from a list instead:</source>
        <extracomment>above the CSV files on memory sticks</extracomment>
        <translation>Geräte-IDs stattdessen aus einer Liste:</translation>
    </message>
    <message>
        <source>For IDs from a list put a memory stick in that has a CSV file.</source>
        <extracomment>where no memory stick has a CSV file</extracomment>
        <translation>Für IDs aus einer Liste einen USB-Stick mit einer CSV-Datei einstecken.</translation>
    </message>
    <message>
        <source>Touch a line; write, or scan it</source>
        <extracomment>how a line is filled</extracomment>
        <translation>Eine Zeile berühren; schreiben oder scannen</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <extracomment>button: to the page before</extracomment>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>PersonBar</name>
    <message>
        <source>Logged in: %1</source>
        <extracomment>for screen readers; %1 is a person</extracomment>
        <translation>Angemeldet: %1</translation>
    </message>
    <message>
        <source>Log out</source>
        <extracomment>button: the person leaves the kiosk</extracomment>
        <translation>Abmelden</translation>
    </message>
</context>
<context>
    <name>PinKeypad</name>
    <message>
        <source>Erase</source>
        <extracomment>key: takes the last digit back</extracomment>
        <translation>Löschen</translation>
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
        <translation>%1 Zeichen eingegeben</translation>
    </message>
</context>
<context>
    <name>PreflightPage</name>
    <message>
        <source>Preflight</source>
        <extracomment>for screen readers: the page of the preflight</extracomment>
        <translation>Startprüfung</translation>
    </message>
    <message>
        <source>Is the station ready?</source>
        <extracomment>title of the page of the preflight</extracomment>
        <translation>Ist die Station bereit?</translation>
    </message>
    <message>
        <source>Check again</source>
        <extracomment>button: run the preflight again</extracomment>
        <translation>Erneut prüfen</translation>
    </message>
</context>
<context>
    <name>ReasonChoice</name>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Another reason</source>
        <extracomment>button: none of the usual reasons; keys are shown then</extracomment>
        <translation>Anderer Grund</translation>
    </message>
    <message>
        <source>This is the reason</source>
        <extracomment>button: the reason that was written is the one</extracomment>
        <translation>Das ist der Grund</translation>
    </message>
    <message>
        <source>Usual reasons</source>
        <extracomment>button: back to the usual reasons</extracomment>
        <translation>Übliche Gründe</translation>
    </message>
</context>
<context>
    <name>ScanPage</name>
    <message>
        <source>Scanner</source>
        <extracomment>for screen readers: the page where a scanner is tried</extracomment>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Try the scanner</source>
        <extracomment>title of the page where a scanner is tried</extracomment>
        <translation>Scanner ausprobieren</translation>
    </message>
    <message>
        <source>Nothing is issued here</source>
        <extracomment>below the title of the page where a scanner is tried</extracomment>
        <translation>Hier wird nichts ausgestellt</translation>
    </message>
</context>
<context>
    <name>ScanTrial</name>
    <message>
        <source>Test code</source>
        <extracomment>for screen readers: a barcode</extracomment>
        <translation>Testcode</translation>
    </message>
    <message>
        <source>Scan this first: it finds a wrong keyboard</source>
        <extracomment>below the test code</extracomment>
        <translation>Zuerst diesen scannen: er findet eine falsche Tastatur</translation>
    </message>
    <message>
        <source>What the station made of it</source>
        <extracomment>for screen readers</extracomment>
        <translation>Was die Station daraus gemacht hat</translation>
    </message>
    <message>
        <source>Then scan any label: here stands what the station makes of it</source>
        <extracomment>nothing was scanned yet</extracomment>
        <translation>Dann ein beliebiges Etikett scannen: hier steht, was die Station daraus macht</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Start</source>
        <extracomment>for screen readers: the page while the station starts</extracomment>
        <translation>Start</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <extracomment>while signer and journal are opened</extracomment>
        <translation>Die Station startet</translation>
    </message>
    <message>
        <source>HSM, journal and unfinished work are looked at first.</source>
        <extracomment>while signer and journal are opened</extracomment>
        <translation>HSM, Journal und unfertige Arbeit werden zuerst geprüft.</translation>
    </message>
    <message>
        <source>Try again</source>
        <extracomment>button: open the station again</extracomment>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Check everything</source>
        <extracomment>button: to the page of every check that a shift starts with</extracomment>
        <translation>Alles prüfen</translation>
    </message>
    <message>
        <source>Starting</source>
        <extracomment>for screen readers</extracomment>
        <translation>Startet</translation>
    </message>
</context>
<context>
    <name>StepTrack</name>
    <message>
        <source>Reserved</source>
        <extracomment>state of a unit: the ID is taken for this board</extracomment>
        <translation>Reserviert</translation>
    </message>
    <message>
        <source>Intended</source>
        <extracomment>state of a unit: what will be signed is on disk</extracomment>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>Issued</source>
        <extracomment>state of a unit: the HSM has signed or derived</extracomment>
        <translation>Ausgestellt</translation>
    </message>
    <message>
        <source>Written</source>
        <extracomment>state of a unit: the board has accepted it</extracomment>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Verified</source>
        <extracomment>state of a unit: the board has proven that it holds it</extracomment>
        <translation>Bewiesen</translation>
    </message>
    <message>
        <source>Recorded</source>
        <extracomment>state of a unit: on record for ever</extracomment>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>%1 of 6 steps</source>
        <extracomment>for screen readers; %1 of 6 steps</extracomment>
        <translation>%1 von 6 Schritten</translation>
    </message>
</context>
<context>
    <name>TextKeys</name>
    <message>
        <source>Capitals</source>
        <extracomment>for screen readers: key for capital letters</extracomment>
        <translation>Großbuchstaben</translation>
    </message>
    <message>
        <source>Signs</source>
        <extracomment>for screen readers: key for signs such as # and +</extracomment>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Space</source>
        <extracomment>key: a blank</extracomment>
        <translation>Leerzeichen</translation>
    </message>
    <message>
        <source>Erase</source>
        <extracomment>key: takes the last character back</extracomment>
        <translation>Löschen</translation>
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
        <translation>Antippen, wenn gesehen</translation>
    </message>
    <message>
        <source>Touch when mended</source>
        <extracomment>on a small tile that is a button: the fixture was stopped, a person has looked after it</extracomment>
        <translation>Antippen, wenn behoben</translation>
    </message>
    <message>
        <source>Scan its label; touch: none</source>
        <extracomment>on a small tile that is a button: the board&apos;s label is to be scanned; touching says that it gets none</extracomment>
        <translation>Etikett scannen; berühren: keins</translation>
    </message>
</context>
<context>
    <name>TileWork</name>
    <message>
        <source>Board %1</source>
        <extracomment>%1 is the unique number of the board&apos;s chip</extracomment>
        <translation>Platine %1</translation>
    </message>
</context>
<context>
    <name>UnitPage</name>
    <message>
        <source>Device</source>
        <extracomment>for screen readers: the page of one device</extracomment>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Find a device</source>
        <extracomment>title of the page of one device before there is one</extracomment>
        <translation>Gerät suchen</translation>
    </message>
    <message>
        <source>What it is</source>
        <extracomment>for screen readers</extracomment>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>Its life, newest first</source>
        <extracomment>for screen readers</extracomment>
        <translation>Sein Leben, Neuestes zuerst</translation>
    </message>
    <message>
        <source>Scan its label,
or type its ID, its board&apos;s number or its certificate&apos;s thumbprint, then Enter</source>
        <extracomment>by what a device is found</extracomment>
        <translation>Sein Etikett scannen
oder ID, Nummer der Platine oder Fingerabdruck des Zertifikats eingeben, dann Enter</translation>
    </message>
    <message>
        <source>Searching</source>
        <extracomment>while the journal is searched</extracomment>
        <translation>Wird gesucht</translation>
    </message>
    <message>
        <source>Rework</source>
        <extracomment>button: a supervisor lets this device be made anew</extracomment>
        <translation>Nacharbeit</translation>
    </message>
    <message>
        <source>Scrap</source>
        <extracomment>button: a supervisor takes this device out for good</extracomment>
        <translation>Verschrotten</translation>
    </message>
</context>
<context>
    <name>VerdictButton</name>
    <message>
        <source>Seen</source>
        <extracomment>button on a FAIL or ERROR: a person has seen it</extracomment>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Take up again</source>
        <extracomment>button on a fixture that was stopped after equal failures: a person has looked after it, it takes boards again</extracomment>
        <translation>Wieder aufnehmen</translation>
    </message>
    <message>
        <source>No label</source>
        <extracomment>button on a PASS whose board waits for its label: it gets none now</extracomment>
        <translation>Kein Etikett</translation>
    </message>
    <message>
        <source>Acknowledge %1 on %2</source>
        <extracomment>for screen readers: %1 is FAIL or ERROR, %2 a fixture</extracomment>
        <translation>%1 auf %2 bestätigen</translation>
    </message>
    <message>
        <source>Take up %1 again</source>
        <extracomment>for screen readers: %1 is a fixture that was stopped</extracomment>
        <translation>%1 wieder aufnehmen</translation>
    </message>
    <message>
        <source>No label for the board on %1</source>
        <extracomment>for screen readers: %1 is a fixture whose board waits for its label</extracomment>
        <translation>Kein Etikett für die Platine auf %1</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel</name>
    <message>
        <source>The station was asked for something it does not know</source>
        <translation>Von der Station wurde etwas verlangt, das sie nicht kennt</translation>
    </message>
    <message>
        <source>Call an engineer.</source>
        <translation>Technik rufen.</translation>
    </message>
    <message>
        <source>The station&apos;s configuration cannot be used</source>
        <translation>Die Konfiguration der Station ist unbrauchbar</translation>
    </message>
    <message>
        <source>Call an engineer: the line below must be corrected.</source>
        <translation>Technik rufen: Die Zeile unten muss berichtigt werden.</translation>
    </message>
    <message>
        <source>The scan is not a device ID</source>
        <translation>Der Scan ist keine Geräte-ID</translation>
    </message>
    <message>
        <source>Check the label; set the board aside if it is damaged.</source>
        <translation>Etikett prüfen; Platine beiseitelegen, wenn es beschädigt ist.</translation>
    </message>
    <message>
        <source>The CSV file cannot be used; nothing of it was taken</source>
        <translation>Die CSV-Datei ist unbrauchbar; nichts daraus wurde übernommen</translation>
    </message>
    <message>
        <source>Correct the named lines and import it again.</source>
        <translation>Die genannten Zeilen berichtigen und erneut importieren.</translation>
    </message>
    <message>
        <source>The scan cannot be used</source>
        <translation>Der Scan ist unbrauchbar</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again.</source>
        <translation>Das Etikett der Platine erneut scannen.</translation>
    </message>
    <message>
        <source>There is no such batch</source>
        <translation>Dieses Los gibt es nicht</translation>
    </message>
    <message>
        <source>Choose a batch from the list.</source>
        <translation>Ein Los aus der Liste wählen.</translation>
    </message>
    <message>
        <source>A batch of that name exists</source>
        <translation>Ein Los dieses Namens gibt es schon</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>The batch is not open</source>
        <translation>Das Los ist nicht offen</translation>
    </message>
    <message>
        <source>Choose an open batch.</source>
        <translation>Ein offenes Los wählen.</translation>
    </message>
    <message>
        <source>No unit of that ID is recorded</source>
        <translation>Zu dieser ID ist nichts erfasst</translation>
    </message>
    <message>
        <source>Check the ID.</source>
        <translation>Die ID prüfen.</translation>
    </message>
    <message>
        <source>There is no such fixture</source>
        <translation>Diese Aufnahme gibt es nicht</translation>
    </message>
    <message>
        <source>Scan the label on the fixture.</source>
        <translation>Das Etikett an der Aufnahme scannen.</translation>
    </message>
    <message>
        <source>This board does not belong to the batch</source>
        <translation>Diese Platine gehört nicht zum Los</translation>
    </message>
    <message>
        <source>Check the label and the batch; set the board aside.</source>
        <translation>Etikett und Los prüfen; Platine beiseitelegen.</translation>
    </message>
    <message>
        <source>The batch has issued all it may</source>
        <translation>Das Los hat alles ausgestellt, was es darf</translation>
    </message>
    <message>
        <source>Call a supervisor: close the batch or extend it.</source>
        <translation>Schichtleitung rufen: Los schließen oder erweitern.</translation>
    </message>
    <message>
        <source>This board is already done</source>
        <translation>Diese Platine ist schon fertig</translation>
    </message>
    <message>
        <source>Put the next board on.</source>
        <translation>Die nächste Platine auflegen.</translation>
    </message>
    <message>
        <source>This label belongs to another board</source>
        <translation>Dieses Etikett gehört zu einer anderen Platine</translation>
    </message>
    <message>
        <source>Set the board aside and call a supervisor.</source>
        <translation>Platine beiseitelegen und Schichtleitung rufen.</translation>
    </message>
    <message>
        <source>This board was begun under another label</source>
        <translation>Diese Platine wurde unter einem anderen Etikett begonnen</translation>
    </message>
    <message>
        <source>Scan the label it was begun with.</source>
        <translation>Das Etikett scannen, mit dem sie begonnen wurde.</translation>
    </message>
    <message>
        <source>This board was scrapped</source>
        <translation>Diese Platine wurde verschrottet</translation>
    </message>
    <message>
        <source>Take it out of the line: it gets no identity any more.</source>
        <translation>Aus der Linie nehmen: Sie bekommt keine Identität mehr.</translation>
    </message>
    <message>
        <source>This unit was interrupted and is not resolved</source>
        <translation>Diese Einheit wurde unterbrochen und ist ungeklärt</translation>
    </message>
    <message>
        <source>Put that board on a fixture and scan it again, or have a supervisor resolve it.</source>
        <translation>Die Platine auflegen und erneut scannen, oder die Schichtleitung klärt es.</translation>
    </message>
    <message>
        <source>It is not clear which fixture this is for</source>
        <translation>Es ist unklar, welche Aufnahme gemeint ist</translation>
    </message>
    <message>
        <source>Scan the fixture&apos;s label first, then the board.</source>
        <translation>Erst das Etikett der Aufnahme scannen, dann die Platine.</translation>
    </message>
    <message>
        <source>This fixture is still at work</source>
        <translation>Diese Aufnahme arbeitet noch</translation>
    </message>
    <message>
        <source>Wait for its verdict, then scan again.</source>
        <translation>Auf das Urteil warten, dann erneut scannen.</translation>
    </message>
    <message>
        <source>This fixture&apos;s last board is not settled</source>
        <translation>Die letzte Platine dieser Aufnahme ist nicht erledigt</translation>
    </message>
    <message>
        <source>Take it off, press Seen on the tile, then scan again.</source>
        <translation>Abnehmen, auf der Kachel „Gesehen“ drücken, dann erneut scannen.</translation>
    </message>
    <message>
        <source>Signer, journal and manifest do not agree</source>
        <translation>Signierer, Journal und Manifest stimmen nicht überein</translation>
    </message>
    <message>
        <source>Call an engineer; keep the batch as it is.</source>
        <translation>Technik rufen; das Los so lassen.</translation>
    </message>
    <message>
        <source>The board does not answer</source>
        <translation>Die Platine antwortet nicht</translation>
    </message>
    <message>
        <source>Check that it is seated and powered, then scan again.</source>
        <translation>Sitz und Strom prüfen, dann erneut scannen.</translation>
    </message>
    <message>
        <source>The board&apos;s answer makes no sense</source>
        <translation>Die Antwort der Platine ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>Check its cable, then scan again.</source>
        <translation>Kabel prüfen, dann erneut scannen.</translation>
    </message>
    <message>
        <source>The connection to the board broke</source>
        <translation>Die Verbindung zur Platine riss ab</translation>
    </message>
    <message>
        <source>The board refused</source>
        <translation>Die Platine hat abgelehnt</translation>
    </message>
    <message>
        <source>Set the board aside as bad.</source>
        <translation>Platine als schlecht beiseitelegen.</translation>
    </message>
    <message>
        <source>The board could not prove its credential</source>
        <translation>Die Platine konnte ihren Ausweis nicht beweisen</translation>
    </message>
    <message>
        <source>This is another board than the one expected</source>
        <translation>Das ist eine andere Platine als erwartet</translation>
    </message>
    <message>
        <source>Put the right board on; set this one aside.</source>
        <translation>Die richtige Platine auflegen; diese beiseitelegen.</translation>
    </message>
    <message>
        <source>The signer does not answer</source>
        <translation>Der Signierer antwortet nicht</translation>
    </message>
    <message>
        <source>It restarts by itself; call an engineer if this stays.</source>
        <translation>Er startet von selbst neu; Technik rufen, wenn es bleibt.</translation>
    </message>
    <message>
        <source>The signer refused the request</source>
        <translation>Der Signierer hat die Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>The HSM waits for its PIN</source>
        <translation>Das HSM wartet auf seine PIN</translation>
    </message>
    <message>
        <source>Enter the PIN.</source>
        <translation>Die PIN eingeben.</translation>
    </message>
    <message>
        <source>The PIN was not accepted</source>
        <translation>Die PIN wurde nicht angenommen</translation>
    </message>
    <message>
        <source>Enter it again with care: every wrong entry counts.</source>
        <translation>Sorgfältig erneut eingeben: Jede falsche Eingabe zählt.</translation>
    </message>
    <message>
        <source>The HSM has locked its PIN</source>
        <translation>Das HSM hat seine PIN gesperrt</translation>
    </message>
    <message>
        <source>The HSM&apos;s security officer must unlock or renew it; then enter the PIN.</source>
        <translation>Der Sicherheitsbeauftragte des HSM muss sie entsperren oder erneuern; dann die PIN eingeben.</translation>
    </message>
    <message>
        <source>The supervisor&apos;s passphrase is wrong</source>
        <translation>Die Passphrase der Schichtleitung ist falsch</translation>
    </message>
    <message>
        <source>Enter it again.</source>
        <translation>Erneut eingeben.</translation>
    </message>
    <message>
        <source>The HSM is not there</source>
        <translation>Das HSM ist nicht da</translation>
    </message>
    <message>
        <source>Check that the HSM is connected.</source>
        <translation>Prüfen, ob das HSM verbunden ist.</translation>
    </message>
    <message>
        <source>A key is not in the HSM</source>
        <translation>Ein Schlüssel ist nicht im HSM</translation>
    </message>
    <message>
        <source>The HSM reports a fault</source>
        <translation>Das HSM meldet einen Fehler</translation>
    </message>
    <message>
        <source>Wait until it has healed, then scan again.</source>
        <translation>Warten, bis er behoben ist, dann erneut scannen.</translation>
    </message>
    <message>
        <source>The HSM has no order for this</source>
        <translation>Das HSM hat dafür keinen Auftrag</translation>
    </message>
    <message>
        <source>A supervisor must open the batch.</source>
        <translation>Die Schichtleitung muss das Los öffnen.</translation>
    </message>
    <message>
        <source>The board&apos;s request is not acceptable</source>
        <translation>Die Anfrage der Platine ist nicht annehmbar</translation>
    </message>
    <message>
        <source>The CA&apos;s certificate chain is not acceptable</source>
        <translation>Die Zertifikatskette der CA ist nicht annehmbar</translation>
    </message>
    <message>
        <source>The board&apos;s key is not random</source>
        <translation>Der Schlüssel der Platine ist nicht zufällig</translation>
    </message>
    <message>
        <source>Set the board aside as bad; call an engineer.</source>
        <translation>Platine als schlecht beiseitelegen; Technik rufen.</translation>
    </message>
    <message>
        <source>The certificate would break a rule; it was not given out</source>
        <translation>Das Zertifikat hätte eine Regel verletzt; es wurde nicht ausgegeben</translation>
    </message>
    <message>
        <source>A signature was interrupted; its serial is void</source>
        <translation>Eine Signatur wurde unterbrochen; ihre Seriennummer ist ungültig</translation>
    </message>
    <message>
        <source>Scan again.</source>
        <translation>Erneut scannen.</translation>
    </message>
    <message>
        <source>The journal cannot be written</source>
        <translation>Das Journal kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Check the disk; call an engineer.</source>
        <translation>Datenträger prüfen; Technik rufen.</translation>
    </message>
    <message>
        <source>Another program is running this station</source>
        <translation>Ein anderes Programm betreibt diese Station</translation>
    </message>
    <message>
        <source>Close the other program, then try again.</source>
        <translation>Das andere Programm schließen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The records do not verify</source>
        <translation>Die Aufzeichnungen lassen sich nicht bestätigen</translation>
    </message>
    <message>
        <source>Keep the files; call an auditor.</source>
        <translation>Dateien aufbewahren; Prüfer rufen.</translation>
    </message>
    <message>
        <source>The fixture cannot be reached</source>
        <translation>Die Aufnahme ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Check its cable; call an engineer if this stays.</source>
        <translation>Kabel prüfen; Technik rufen, wenn es bleibt.</translation>
    </message>
    <message>
        <source>It took too long</source>
        <translation>Es dauerte zu lange</translation>
    </message>
    <message>
        <source>Scan again; call an engineer if this stays.</source>
        <translation>Erneut scannen; Technik rufen, wenn es bleibt.</translation>
    </message>
    <message>
        <source>It was stopped</source>
        <translation>Es wurde angehalten</translation>
    </message>
    <message>
        <source>Scan again to go on.</source>
        <translation>Zum Fortsetzen erneut scannen.</translation>
    </message>
    <message>
        <source>The clock does not fit the records</source>
        <translation>Die Uhr passt nicht zu den Aufzeichnungen</translation>
    </message>
    <message>
        <source>Set the clock; where it is right, a supervisor must say so.</source>
        <translation>Uhr stellen; geht sie richtig, muss die Schichtleitung das bestätigen.</translation>
    </message>
    <message>
        <source>A file cannot be read or written</source>
        <translation>Eine Datei kann nicht gelesen oder geschrieben werden</translation>
    </message>
    <message>
        <source>Check the disk and its permissions.</source>
        <translation>Datenträger und seine Rechte prüfen.</translation>
    </message>
    <message>
        <source>The station contradicts itself</source>
        <translation>Die Station widerspricht sich</translation>
    </message>
    <message>
        <source>PASS</source>
        <comment>verdict, as large as the tile allows</comment>
        <translation>GUT</translation>
    </message>
    <message>
        <source>FAIL</source>
        <comment>verdict: the board is bad</comment>
        <translation>SCHLECHT</translation>
    </message>
    <message>
        <source>ERROR</source>
        <comment>verdict: the station is in trouble</comment>
        <translation>STÖRUNG</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <comment>verdict: a person stopped it</comment>
        <translation>GESTOPPT</translation>
    </message>
    <message>
        <source>Reading the board</source>
        <comment>what the fixture does</comment>
        <translation>Platine wird gelesen</translation>
    </message>
    <message>
        <source>Making the key</source>
        <comment>what the fixture does</comment>
        <translation>Schlüssel wird erzeugt</translation>
    </message>
    <message>
        <source>Issuing</source>
        <comment>what the fixture does: the HSM signs or derives</comment>
        <translation>Wird ausgestellt</translation>
    </message>
    <message>
        <source>Writing to the board</source>
        <comment>what the fixture does</comment>
        <translation>Platine wird beschrieben</translation>
    </message>
    <message>
        <source>Restart and proof</source>
        <comment>what the fixture does</comment>
        <translation>Neustart und Beweis</translation>
    </message>
    <message>
        <source>Recording</source>
        <comment>what the fixture does</comment>
        <translation>Wird erfasst</translation>
    </message>
    <message>
        <source>Locking the board</source>
        <comment>what the fixture does</comment>
        <translation>Platine wird gesperrt</translation>
    </message>
    <message>
        <source>Setting the old one aside</source>
        <comment>what the fixture does: its identity is void</comment>
        <translation>Die alte wird ausgemustert</translation>
    </message>
    <message>
        <source>Certificate</source>
        <comment>how devices of a batch show who they are</comment>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>SAS key</source>
        <comment>how devices of a batch show who they are</comment>
        <translation>SAS-Schlüssel</translation>
    </message>
    <message>
        <source>Imported key</source>
        <comment>how devices of a batch show who they are: a SAS key that the cloud made</comment>
        <translation>Importierter Schlüssel</translation>
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
        <translation>Diese Aufnahme ist angehalten: Ihre Platinen scheiterten gleich, eine nach der anderen</translation>
    </message>
    <message>
        <source>Check its contacts, its cable and the boards, then press Take up again.</source>
        <translation>Kontakte, Kabel und Platinen prüfen, dann „Wieder aufnehmen“ drücken.</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>state of a batch</comment>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>state of a batch</comment>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Closed for good</source>
        <comment>state of a batch</comment>
        <translation>Endgültig geschlossen</translation>
    </message>
    <message>
        <source>A part of the barcode did not arrive</source>
        <translation>Ein Teil des Strichcodes kam nicht an</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again, and hold still until it beeps.</source>
        <translation>Das Etikett der Platine erneut scannen und bis zum Piepton ruhig halten.</translation>
    </message>
    <message>
        <source>A character of the barcode was misread</source>
        <translation>Ein Zeichen des Strichcodes wurde falsch gelesen</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again; set the board aside if its label is damaged.</source>
        <translation>Das Etikett der Platine erneut scannen; ist es beschädigt, die Platine beiseitelegen.</translation>
    </message>
    <message>
        <source>This barcode is not the one that the line is set up for</source>
        <translation>Für diesen Strichcode ist die Linie nicht eingerichtet</translation>
    </message>
    <message>
        <source>Scan the board&apos;s own label.</source>
        <translation>Das Etikett der Platine selbst scannen.</translation>
    </message>
    <message>
        <source>The same barcode came twice</source>
        <translation>Derselbe Strichcode kam zweimal</translation>
    </message>
    <message>
        <source>Wait a moment; scan it again if nothing happens.</source>
        <translation>Kurz warten; erneut scannen, wenn nichts geschieht.</translation>
    </message>
    <message>
        <source>This badge is nobody&apos;s</source>
        <translation>Dieser Ausweis gehört niemandem</translation>
    </message>
    <message>
        <source>Scan it again, or have a supervisor add it.</source>
        <translation>Erneut scannen, oder die Schichtleitung trägt ihn ein.</translation>
    </message>
    <message>
        <source>That name or badge is somebody&apos;s already</source>
        <translation>Dieser Name oder Ausweis gehört schon jemandem</translation>
    </message>
    <message>
        <source>Take another one.</source>
        <translation>Einen anderen nehmen.</translation>
    </message>
    <message>
        <source>operator</source>
        <comment>a person&apos;s role</comment>
        <translation>Bedienung</translation>
    </message>
    <message>
        <source>supervisor</source>
        <comment>a person&apos;s role</comment>
        <translation>Schichtleitung</translation>
    </message>
    <message>
        <source>auditor</source>
        <comment>a person&apos;s role</comment>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>This fixture waits for the label of its last board</source>
        <translation>Diese Aufnahme wartet auf das Etikett ihrer letzten Platine</translation>
    </message>
    <message>
        <source>Put that label on the board and scan it.</source>
        <translation>Dieses Etikett auf die Platine kleben und scannen.</translation>
    </message>
    <message>
        <source>Put it on that board, and scan it there.</source>
        <translation>Auf jene Platine kleben und dort scannen.</translation>
    </message>
    <message>
        <source>The label printer does not answer</source>
        <translation>Der Etikettendrucker antwortet nicht</translation>
    </message>
    <message>
        <source>Check that it is on and its cable is in.</source>
        <translation>Prüfen, ob er eingeschaltet ist und das Kabel steckt.</translation>
    </message>
    <message>
        <source>The label printer is out of labels or ribbon</source>
        <translation>Dem Etikettendrucker fehlen Etiketten oder Farbband</translation>
    </message>
    <message>
        <source>Load it.</source>
        <translation>Nachfüllen.</translation>
    </message>
    <message>
        <source>The label printer is open</source>
        <translation>Der Etikettendrucker ist offen</translation>
    </message>
    <message>
        <source>Close it.</source>
        <translation>Schließen.</translation>
    </message>
    <message>
        <source>The label printer is paused</source>
        <translation>Der Etikettendrucker steht auf Pause</translation>
    </message>
    <message>
        <source>Press its pause button.</source>
        <translation>Seine Pausentaste drücken.</translation>
    </message>
    <message>
        <source>The cloud does not answer</source>
        <translation>Die Cloud antwortet nicht</translation>
    </message>
    <message>
        <source>Go on without it; call an engineer if this stays.</source>
        <translation>Ohne sie weiterarbeiten; Techniker rufen, wenn das so bleibt.</translation>
    </message>
    <message>
        <source>The cloud refused</source>
        <translation>Die Cloud hat abgelehnt</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Signierer</translation>
    </message>
    <message>
        <source>What certificates say</source>
        <translation>Was in Zertifikaten steht</translation>
    </message>
    <message>
        <source>HSM</source>
        <translation>HSM</translation>
    </message>
    <message>
        <source>What the HSM can do</source>
        <translation>Was das HSM kann</translation>
    </message>
    <message>
        <source>Have an engineer choose other settings or another HSM.</source>
        <translation>Einen Techniker andere Einstellungen oder ein anderes HSM wählen lassen.</translation>
    </message>
    <message>
        <source>Primary CA</source>
        <translation>Primäre CA</translation>
    </message>
    <message>
        <source>Have a supervisor renew this CA&apos;s certificate.</source>
        <translation>Von der Schichtleitung das Zertifikat dieser CA erneuern lassen.</translation>
    </message>
    <message>
        <source>Secondary CA</source>
        <translation>Sekundäre CA</translation>
    </message>
    <message>
        <source>Key for imported keys</source>
        <translation>Schlüssel für importierte Schlüssel</translation>
    </message>
    <message>
        <source>Key of the audit log</source>
        <translation>Schlüssel des Protokolls</translation>
    </message>
    <message>
        <source>Every key once</source>
        <translation>Jeder Schlüssel einmal</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Scan the boards of interrupted units again.</source>
        <translation>Die Boards unterbrochener Einheiten noch einmal scannen.</translation>
    </message>
    <message>
        <source>Signer and journal agree</source>
        <translation>Signierer und Journal stimmen überein</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Festplatte</translation>
    </message>
    <message>
        <source>Have space freed on the disk.</source>
        <translation>Platz auf der Festplatte schaffen lassen.</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Schichtleitung</translation>
    </message>
    <message>
        <source>Have the supervisor named in the configuration.</source>
        <translation>Die Schichtleitung in der Konfiguration eintragen lassen.</translation>
    </message>
    <message>
        <source>Label printer</source>
        <translation>Etikettendrucker</translation>
    </message>
    <message>
        <source>Look after the printer.</source>
        <translation>Nach dem Drucker sehen.</translation>
    </message>
    <message>
        <source>Fixtures</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Have fixtures added to the configuration.</source>
        <translation>Aufnahmen in der Konfiguration eintragen lassen.</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Fixture %1</source>
        <translation>Aufnahme %1</translation>
    </message>
    <message>
        <source>Check the fixture&apos;s cable.</source>
        <translation>Das Kabel der Aufnahme prüfen.</translation>
    </message>
    <message>
        <source>Scanner %1</source>
        <translation>Scanner %1</translation>
    </message>
    <message>
        <source>Plug the scanner in, or call an engineer.</source>
        <translation>Den Scanner einstecken oder einen Techniker rufen.</translation>
    </message>
    <message>
        <source>Scanners</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>This takes a second supervisor</source>
        <translation>Das braucht eine zweite Schichtleitung</translation>
    </message>
    <message>
        <source>Have another supervisor do it. Where there is none, an engineer enrols one.</source>
        <translation>Eine andere Schichtleitung muss es tun. Gibt es keine, trägt ein Techniker eine ein.</translation>
    </message>
    <message>
        <source>%1.%2 %</source>
        <comment>a share in per cent and tenths</comment>
        <translation>%1,%2 %</translation>
    </message>
    <message>
        <source>This board cannot show what the batch requires</source>
        <translation>Diese Platine kann nicht nachweisen, was das Los verlangt</translation>
    </message>
    <message>
        <source>Take another kind of board, or have a batch opened that asks for less.</source>
        <translation>Eine andere Art Platine nehmen oder ein Los eröffnen lassen, das weniger verlangt.</translation>
    </message>
    <message>
        <source>The signer has a supervisor already</source>
        <translation>Der Signierer hat schon eine Schichtleitung</translation>
    </message>
    <message>
        <source>Have that one do it, or an engineer enrol another.</source>
        <translation>Diese muss es tun, oder ein Techniker trägt eine andere ein.</translation>
    </message>
    <message>
        <source>Registered</source>
        <comment>state of a device in the cloud</comment>
        <translation>Registriert</translation>
    </message>
    <message>
        <source>Provisioned</source>
        <comment>state of a device in the cloud: it has connected</comment>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Blocked</source>
        <comment>state of a device in the cloud</comment>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Missing</source>
        <comment>state of a device in the cloud: it is not there</comment>
        <translation>Fehlt</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::AuditController</name>
    <message>
        <source>Verifying every row</source>
        <comment>what is done with the audit log</comment>
        <translation>Jede Zeile wird geprüft</translation>
    </message>
    <message>
        <source>%1 rows, gapless and unchanged. Nothing was signed yet.</source>
        <comment>the audit log</comment>
        <translation>%1 Zeilen, lückenlos und unverändert. Noch nichts wurde signiert.</translation>
    </message>
    <message>
        <source>%1 rows, gapless and unchanged, as they were signed at row %2.</source>
        <comment>the audit log</comment>
        <translation>%1 Zeilen, lückenlos und unverändert, wie bei Zeile %2 signiert.</translation>
    </message>
    <message>
        <source>Signing</source>
        <comment>what is done with the audit log</comment>
        <translation>Wird signiert</translation>
    </message>
    <message>
        <source>%1 rows stand under a signed checkpoint now.</source>
        <comment>the audit log</comment>
        <translation>%1 Zeilen stehen jetzt unter einem signierten Prüfpunkt.</translation>
    </message>
    <message>
        <source>Writing a copy. Leave the stick in.</source>
        <comment>what is done with the audit log</comment>
        <translation>Eine Kopie wird geschrieben. Den Stick stecken lassen.</translation>
    </message>
    <message>
        <source>The log and its checkpoint are in %1, and were verified there.</source>
        <comment>%1: a file</comment>
        <translation>Protokoll und Prüfpunkt sind in %1 und wurden dort geprüft.</translation>
    </message>
    <message>
        <source>Everything</source>
        <comment>rows of the audit log</comment>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Units</source>
        <comment>rows of the audit log</comment>
        <translation>Einheiten</translation>
    </message>
    <message>
        <source>Batches</source>
        <comment>rows of the audit log</comment>
        <translation>Lose</translation>
    </message>
    <message>
        <source>People</source>
        <comment>rows of the audit log</comment>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Signatures</source>
        <comment>rows of the audit log</comment>
        <translation>Signaturen</translation>
    </message>
    <message>
        <source>%1 rows; none is under a signature yet</source>
        <comment>the audit log</comment>
        <translation>%1 Zeilen; noch keine unter einer Signatur</translation>
    </message>
    <message>
        <source>%1 rows; signed up to row %2</source>
        <comment>the audit log</comment>
        <translation>%1 Zeilen; signiert bis Zeile %2</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::AuthorityController</name>
    <message>
        <source>Passphrase of %1</source>
        <comment>%1: a supervisor</comment>
        <translation>Passphrase von %1</translation>
    </message>
    <message>
        <source>A passphrase for %1, of %2 characters or more, that nobody else knows</source>
        <comment>%1: a supervisor, %2: a number</comment>
        <translation>Eine Passphrase für %1 mit mindestens %2 Zeichen, die sonst niemand kennt</translation>
    </message>
    <message>
        <source>The same passphrase once more</source>
        <comment>a new passphrase is entered twice</comment>
        <translation>Dieselbe Passphrase noch einmal</translation>
    </message>
    <message>
        <source>That is too short. A passphrase has %1 characters or more.</source>
        <comment>a new passphrase; %1: a number</comment>
        <translation>Das ist zu kurz. Eine Passphrase hat mindestens %1 Zeichen.</translation>
    </message>
    <message>
        <source>The two entries differ. Enter a new passphrase, and the same once more.</source>
        <comment>a new passphrase is entered twice</comment>
        <translation>Die beiden Eingaben sind verschieden. Eine neue Passphrase eingeben, dann dieselbe noch einmal.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::BatchController</name>
    <message>
        <source>Pausing</source>
        <comment>what is done with a batch</comment>
        <translation>Wird angehalten</translation>
    </message>
    <message>
        <source>It is paused: no board of it is begun.</source>
        <comment>a batch</comment>
        <translation>Es ist angehalten: keine Platine davon wird begonnen.</translation>
    </message>
    <message>
        <source>Taking it up again</source>
        <comment>what is done with a batch</comment>
        <translation>Wird fortgesetzt</translation>
    </message>
    <message>
        <source>It is open again.</source>
        <comment>a batch</comment>
        <translation>Es ist wieder offen.</translation>
    </message>
    <message>
        <source>Closing</source>
        <comment>what is done with a batch</comment>
        <translation>Wird geschlossen</translation>
    </message>
    <message>
        <source>It is closed for good. Hand it over now.</source>
        <comment>a batch</comment>
        <translation>Es ist endgültig geschlossen. Jetzt übergeben.</translation>
    </message>
    <message>
        <source>Writing the manifest. Leave the stick in.</source>
        <comment>what is done with a batch</comment>
        <translation>Das Manifest wird geschrieben. Den Stick stecken lassen.</translation>
    </message>
    <message>
        <source>The manifest is on the stick, and was read back and verified. The stick may be pulled out.</source>
        <comment>a batch</comment>
        <translation>Das Manifest ist auf dem Stick, zurückgelesen und geprüft. Der Stick darf heraus.</translation>
    </message>
    <message>
        <source>Writing the manifest</source>
        <comment>what is done with a batch</comment>
        <translation>Das Manifest wird geschrieben</translation>
    </message>
    <message>
        <source>The manifest is in %1, and was verified.</source>
        <comment>%1: a folder</comment>
        <translation>Das Manifest ist in %1 und wurde geprüft.</translation>
    </message>
    <message>
        <source>Recorded</source>
        <comment>a batch&apos;s fact: how many units</comment>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>recorded of ordered</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <comment>a batch&apos;s fact: units that wait for their board</comment>
        <translation>Ungeklärt</translation>
    </message>
    <message>
        <source>Voided</source>
        <comment>a batch&apos;s fact: how many units</comment>
        <translation>Ungültig</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>a batch&apos;s fact: how many jobs</comment>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Credential</source>
        <comment>a batch&apos;s fact: certificate or SAS key</comment>
        <translation>Ausweis</translation>
    </message>
    <message>
        <source>ID scope</source>
        <comment>a batch&apos;s fact: which cloud application it is for</comment>
        <translation>ID-Bereich</translation>
    </message>
    <message>
        <source>Device IDs</source>
        <comment>a batch&apos;s fact: their pattern, or that they are listed</comment>
        <translation>Geräte-IDs</translation>
    </message>
    <message>
        <source>from a list</source>
        <comment>a batch&apos;s device IDs</comment>
        <translation>aus einer Liste</translation>
    </message>
    <message>
        <source>May issue</source>
        <comment>a batch&apos;s fact: the cap</comment>
        <translation>Darf ausstellen</translation>
    </message>
    <message>
        <source>%1, %2 of them spare</source>
        <comment>%1: how many in all</comment>
        <translation>%1, davon %2 Reserve</translation>
    </message>
    <message>
        <source>Opened</source>
        <comment>a batch&apos;s fact: when and by whom</comment>
        <translation>Eröffnet</translation>
    </message>
    <message>
        <source>Stopped</source>
        <comment>a batch&apos;s fact: why the station paused it by itself</comment>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>In the cloud</source>
        <comment>a batch&apos;s fact: how many of its devices are in which state there</comment>
        <translation>In der Cloud</translation>
    </message>
    <message>
        <source>Sample</source>
        <comment>a batch&apos;s fact: how many units register with the cloud from the line</comment>
        <translation>Stichprobe</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>units that register from the line, of every so many</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>void and not blocked %1</source>
        <comment>devices in the cloud; %1: how many</comment>
        <translation>ungültig und nicht gesperrt %1</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::BatchesController</name>
    <message>
        <source>No open batch is called %1.</source>
        <comment>%1: what was scanned</comment>
        <translation>Kein offenes Los heißt %1.</translation>
    </message>
    <message>
        <source>All is recorded, but not under a signature yet: %1. %2</source>
        <comment>%1: why, %2: what to do</comment>
        <translation>Alles ist erfasst, aber noch nicht unter einer Signatur: %1. %2</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::CaController</name>
    <message>
        <source>It waits for its first certificate: keystamp ca request, then ca install.</source>
        <comment>a CA</comment>
        <translation>Sie wartet auf ihr erstes Zertifikat: keystamp ca request, dann ca install.</translation>
    </message>
    <message>
        <source>It cannot be used: %1</source>
        <comment>%1: why</comment>
        <translation>Sie ist nicht verwendbar: %1</translation>
    </message>
    <message>
        <source>Ready for when the other one ends.</source>
        <comment>a CA</comment>
        <translation>Bereit, wenn die andere endet.</translation>
    </message>
    <message>
        <source>Roll to the other one now: leaves are cut short by its end.</source>
        <comment>a CA</comment>
        <translation>Jetzt auf die andere wechseln: ihr Ende kürzt neue Zertifikate.</translation>
    </message>
    <message>
        <source>Prepare the other one now; roll to it by %1.</source>
        <comment>a CA; %1: a date</comment>
        <translation>Jetzt die andere vorbereiten; bis %1 auf sie wechseln.</translation>
    </message>
    <message>
        <source>Prepare the other one by %1; roll to it by %2.</source>
        <comment>a CA; %1, %2: dates</comment>
        <translation>Bis %1 die andere vorbereiten; bis %2 auf sie wechseln.</translation>
    </message>
    <message>
        <source>it is over</source>
        <comment>a CA&apos;s life</comment>
        <translation>sie ist abgelaufen</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <comment>a CA&apos;s life</comment>
        <translation>
            <numerusform>noch %n Tag</numerusform>
            <numerusform>noch %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Primary CA</source>
        <comment>a CA&apos;s slot</comment>
        <translation>Primäre CA</translation>
    </message>
    <message>
        <source>Secondary CA</source>
        <comment>a CA&apos;s slot</comment>
        <translation>Sekundäre CA</translation>
    </message>
    <message>
        <source>%1: the portal&apos;s verification code</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1: der Verifizierungscode des Portals</translation>
    </message>
    <message>
        <source>%1: where does its certificate go?</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1: wohin mit ihrem Zertifikat?</translation>
    </message>
    <message>
        <source>%1: where do the files go?</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1: wohin mit den Dateien?</translation>
    </message>
    <message>
        <source>%1 for all new batches? Those that are open keep theirs. The cloud must have verified it before.</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1 für alle neuen Lose? Offene behalten ihre. Die Cloud muss sie vorher verifiziert haben.</translation>
    </message>
    <message>
        <source>In the portal: add the CA&apos;s certificate, have a code generated for it, and enter that here.</source>
        <comment>how a CA is verified</comment>
        <translation>Im Portal: das Zertifikat der CA hinzufügen, einen Code dafür erzeugen lassen und ihn hier eingeben.</translation>
    </message>
    <message>
        <source>Verification code</source>
        <comment>the line of a CA&apos;s code</comment>
        <translation>Verifizierungscode</translation>
    </message>
    <message>
        <source>This is no verification code.</source>
        <comment>a CA&apos;s code</comment>
        <translation>Das ist kein Verifizierungscode.</translation>
    </message>
    <message>
        <source>Writing. Leave the stick in.</source>
        <comment>a CA&apos;s files</comment>
        <translation>Wird geschrieben. Stick stecken lassen.</translation>
    </message>
    <message>
        <source>Writing</source>
        <comment>a CA&apos;s files</comment>
        <translation>Wird geschrieben</translation>
    </message>
    <message>
        <source>%1 is written and read back. The stick may be pulled out; come back with the portal&apos;s code.</source>
        <comment>%1: a file</comment>
        <translation>%1 ist geschrieben und zurückgelesen. Der Stick darf gezogen werden; kommen Sie mit dem Code des Portals wieder.</translation>
    </message>
    <message>
        <source>%1 is written and read back. Come back with the portal&apos;s code.</source>
        <comment>%1: a file</comment>
        <translation>%1 ist geschrieben und zurückgelesen. Kommen Sie mit dem Code des Portals wieder.</translation>
    </message>
    <message>
        <source>%1 signs verification code %2</source>
        <comment>%1: primary or secondary CA, %2: a code</comment>
        <translation>%1 signiert den Verifizierungscode %2</translation>
    </message>
    <message>
        <source>%1 is signed, written and checked. Upload it in the portal by %2, and press Verify there.</source>
        <comment>%1: a file, %2: a date</comment>
        <translation>%1 ist signiert, geschrieben und geprüft. Laden Sie die Datei bis %2 im Portal hoch und drücken Sie dort auf Verifizieren.</translation>
    </message>
    <message>
        <source>The stick may be pulled out.</source>
        <comment>a CA&apos;s files</comment>
        <translation>Der Stick darf gezogen werden.</translation>
    </message>
    <message>
        <source>%1 for all new batches</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1 für alle neuen Lose</translation>
    </message>
    <message>
        <source>New batches get the %1 from now on.</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>Neue Lose bekommen ab jetzt: %1.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ChecksModel</name>
    <message>
        <source>good</source>
        <comment>a line of the preflight</comment>
        <translation>gut</translation>
    </message>
    <message>
        <source>soon</source>
        <comment>a line of the preflight: good for today, to be seen to before long</comment>
        <translation>bald</translation>
    </message>
    <message>
        <source>BAD</source>
        <comment>a line of the preflight: the shift must not start</comment>
        <translation>SCHLECHT</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ExtensionController</name>
    <message>
        <source>%3 wants %1 units and %2 spare: %4. A second supervisor releases it.</source>
        <comment>%1, %2: how many in a batch, %3: a person, %4: why</comment>
        <translation>%3 will %1 Einheiten und %2 Reserve: %4. Eine zweite Schichtleitung gibt es frei.</translation>
    </message>
    <message>
        <source>How many more, for the device IDs that it has</source>
        <comment>line of a longer batch</comment>
        <translation>Wie viele mehr, für die vorhandenen Geräte-IDs</translation>
    </message>
    <message>
        <source>How many more</source>
        <comment>line of a longer batch</comment>
        <translation>Wie viele mehr</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>line of a longer batch: the reason</comment>
        <translation>Warum</translation>
    </message>
    <message>
        <source>How many more: a whole number.</source>
        <comment>what is wrong with a longer batch</comment>
        <translation>Wie viele mehr: eine ganze Zahl.</translation>
    </message>
    <message>
        <source>Write why, for the record.</source>
        <comment>what is wrong with a longer batch</comment>
        <translation>Den Grund angeben, für das Protokoll.</translation>
    </message>
    <message>
        <source>%1 more for batch %2: %3</source>
        <comment>%1: how many, %2: a batch, %3: why</comment>
        <translation>%1 mehr für Los %2: %3</translation>
    </message>
    <message>
        <source>It waits for a second supervisor, who releases it here.</source>
        <comment>a longer batch</comment>
        <translation>Es wartet auf eine zweite Schichtleitung, die es hier freigibt.</translation>
    </message>
    <message>
        <source>Release batch %1 for %2 units and %3 spare: %4</source>
        <comment>%1: a batch, %2, %3: how many, %4: why</comment>
        <translation>Los %1 für %2 Einheiten und %3 Reserve freigeben: %4</translation>
    </message>
    <message>
        <source>It is released.</source>
        <comment>a longer batch</comment>
        <translation>Es ist freigegeben.</translation>
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
        <translation>Ein anderer Ausweis für %1</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>line of the first supervisor</comment>
        <translation>Name</translation>
    </message>
    <message>
        <source>Badge: scan it</source>
        <comment>line of the first supervisor</comment>
        <translation>Ausweis: scannen</translation>
    </message>
    <message>
        <source>ID scope of the cloud</source>
        <comment>line of a test unit</comment>
        <translation>ID-Bereich der Cloud</translation>
    </message>
    <message>
        <source>A new station</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>Eine neue Station</translation>
    </message>
    <message>
        <source>The first supervisor</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>Die erste Schichtleitung</translation>
    </message>
    <message>
        <source>The scanner</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>Der Scanner</translation>
    </message>
    <message>
        <source>The fixtures</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>Die Aufnahmen</translation>
    </message>
    <message>
        <source>A test unit</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>Eine Probe-Einheit</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <comment>of a first run</comment>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Nobody has worked with this station yet. Four steps make it ready: its first supervisor, its scanner, its fixtures, and one unit to try it all with. After the first of them the rest can wait.</source>
        <comment>a first run</comment>
        <translation>Mit dieser Station hat noch niemand gearbeitet. Vier Schritte machen sie bereit: ihre erste Schichtleitung, ihr Scanner, ihre Aufnahmen und eine Einheit, um alles zu erproben. Nach dem ersten davon kann der Rest warten.</translation>
    </message>
    <message>
        <source>Supervisors open batches and decide about devices. Have at hand: a badge with a barcode, and a passphrase of %1 characters or more, which nobody can look up later.</source>
        <comment>a first run; %1: a number</comment>
        <translation>Die Schichtleitung eröffnet Lose und entscheidet über Geräte. Bereithalten: einen Ausweis mit Strichcode und eine Passphrase mit mindestens %1 Zeichen, die später niemand nachsehen kann.</translation>
    </message>
    <message>
        <source>%1 is enrolled. Was the badge scanned while the keyboard was set wrong? Scan it again here; else go on.</source>
        <comment>a first run; %1: a person</comment>
        <translation>%1 ist eingetragen. Wurde der Ausweis mit falsch eingestellter Tastatur gescannt? Dann hier neu scannen; sonst weiter.</translation>
    </message>
    <message>
        <source>Scan the test code, then your badge: the bar above says your name. If it does not, put the keyboard right, go back and scan the badge anew.</source>
        <comment>a first run</comment>
        <translation>Den Testcode scannen, dann den eigenen Ausweis: Die Leiste oben nennt den Namen. Tut sie es nicht, die Tastatur richtig einstellen, zurückgehen und den Ausweis neu scannen.</translation>
    </message>
    <message>
        <source>A fixture without a board is good. A red one says what to do.</source>
        <comment>a first run</comment>
        <translation>Eine Aufnahme ohne Platine ist gut. Eine rote sagt, was zu tun ist.</translation>
    </message>
    <message>
        <source>One board goes the whole way, as every board will. It keeps what it is given: take one that can be spared, or write the ID scope of your cloud and keep it. With the scope that stands here it connects nowhere.</source>
        <comment>a first run</comment>
        <translation>Eine Platine geht den ganzen Weg, wie später jede. Sie behält, was sie bekommt: eine entbehrliche nehmen, oder den ID-Bereich der eigenen Cloud eintragen und sie weiter verwenden. Mit dem Bereich, der hier steht, verbindet sie sich nirgends.</translation>
    </message>
    <message>
        <source>This station can issue nothing yet: its CA or group key is missing. Do this step later, by an ordinary batch.</source>
        <comment>a first run</comment>
        <translation>Diese Station kann noch nichts ausstellen: Ihre CA oder ihr Gruppenschlüssel fehlt. Diesen Schritt später mit einem gewöhnlichen Los nachholen.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <comment>button: goes on to where the passphrase is entered</comment>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Go on</source>
        <comment>button: to the next step</comment>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>button: ends the first run</comment>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Begin</source>
        <comment>button: opens the batch of a test unit</comment>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>A board was left on its way. Its batch is paused: take it up again and scan that board again.</source>
        <comment>end of a test unit</comment>
        <translation>Eine Platine blieb unterwegs. Ihr Los ist angehalten: es wieder aufnehmen und diese Platine erneut scannen.</translation>
    </message>
    <message>
        <source>No board has passed. The batch is closed; begin once more.</source>
        <comment>end of a test unit</comment>
        <translation>Keine Platine hat bestanden. Das Los ist geschlossen; noch einmal beginnen.</translation>
    </message>
    <message>
        <source>%1 has passed, and its batch is closed: signer, journal and manifest agree.</source>
        <comment>end of a test unit; %1: a device ID</comment>
        <translation>%1 hat bestanden, und das Los ist geschlossen: Signierer, Journal und Manifest stimmen überein.</translation>
    </message>
    <message>
        <source>First supervisor: %1</source>
        <comment>what the first passphrase is for; %1: a person</comment>
        <translation>Erste Schichtleitung: %1</translation>
    </message>
    <message>
        <source>Batch %1: a unit to try the station with, for ID scope %2</source>
        <comment>%1, %2: what a supervisor opens</comment>
        <translation>Los %1: eine Einheit zum Erproben der Station, für ID-Bereich %2</translation>
    </message>
    <message>
        <source>The station is ready. From now on it is opened by a badge; keystamp person add brings in more people.</source>
        <comment>a first run</comment>
        <translation>Die Station ist bereit. Von jetzt an öffnet sie ein Ausweis; weitere Personen trägt keystamp person add ein.</translation>
    </message>
    <message>
        <source>A name has 1 to 64 characters, a badge&apos;s code 4 to 128 plain letters, digits and signs. Write the name, and scan the badge again.</source>
        <comment>a first run</comment>
        <translation>Ein Name hat 1 bis 64 Zeichen, der Code eines Ausweises 4 bis 128 einfache Buchstaben, Ziffern und Zeichen. Den Namen schreiben und den Ausweis noch einmal scannen.</translation>
    </message>
    <message>
        <source>An ID scope has 4 to 32 letters and digits. Write it as the cloud&apos;s overview page shows it.</source>
        <comment>a first run</comment>
        <translation>Ein ID-Bereich hat 4 bis 32 Buchstaben und Ziffern. So schreiben, wie ihn die Übersichtsseite der Cloud zeigt.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LabelsController</name>
    <message>
        <source>Labels that wait: %1.</source>
        <translation>Wartende Etiketten: %1.</translation>
    </message>
    <message>
        <source>The label of %1 may have come out twice: throw one away.</source>
        <translation>Das Etikett von %1 kann zweimal gedruckt sein: eines wegwerfen.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LifeModel</name>
    <message>
        <source>Recorded</source>
        <comment>a device&apos;s state</comment>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <comment>a device&apos;s state</comment>
        <translation>Verschrottet</translation>
    </message>
    <message>
        <source>Void</source>
        <comment>a device&apos;s state</comment>
        <translation>Ungültig</translation>
    </message>
    <message>
        <source>Begun</source>
        <comment>a device&apos;s state: nothing was issued yet</comment>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <comment>a device&apos;s state: interrupted, it waits for its board</comment>
        <translation>Ungeklärt</translation>
    </message>
    <message>
        <source>Batch</source>
        <comment>a device&apos;s fact</comment>
        <translation>Los</translation>
    </message>
    <message>
        <source>Label</source>
        <comment>a device&apos;s fact: what was scanned</comment>
        <translation>Etikett</translation>
    </message>
    <message>
        <source>Board</source>
        <comment>a device&apos;s fact: UID, family, firmware</comment>
        <translation>Platine</translation>
    </message>
    <message>
        <source>Recorded</source>
        <comment>a device&apos;s fact: when, where</comment>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>Shown by</source>
        <comment>a device&apos;s fact: proof, digest, read-back or accepted</comment>
        <translation>Belegt durch</translation>
    </message>
    <message>
        <source>Key made by</source>
        <comment>a device&apos;s fact: board, station ...</comment>
        <translation>Schlüssel von</translation>
    </message>
    <message>
        <source>CA slot</source>
        <comment>a device&apos;s fact: primary or secondary</comment>
        <translation>CA-Platz</translation>
    </message>
    <message>
        <source>Replaces</source>
        <comment>a device&apos;s fact: SHA-256 of the certificate before</comment>
        <translation>Ersetzt</translation>
    </message>
    <message>
        <source>Begun</source>
        <comment>an event: a unit was reserved</comment>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>batch %1, label %2, board %3</source>
        <comment>where a unit was begun</comment>
        <translation>Los %1, Etikett %2, Platine %3</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <comment>an event</comment>
        <translation>Verschrottet</translation>
    </message>
    <message>
        <source>For rework</source>
        <comment>an event: voided, to be made anew</comment>
        <translation>Zur Nacharbeit</translation>
    </message>
    <message>
        <source>Void</source>
        <comment>an event</comment>
        <translation>Ungültig</translation>
    </message>
    <message>
        <source>on %1</source>
        <comment>%1: a fixture</comment>
        <translation>auf %1</translation>
    </message>
    <message>
        <source>on %1, by %2</source>
        <comment>%1: a fixture, %2: a person</comment>
        <translation>auf %1, von %2</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LineController</name>
    <message>
        <source>%1 is chosen.</source>
        <comment>%1: a fixture</comment>
        <translation>%1 ist gewählt.</translation>
    </message>
    <message>
        <source>Scan the board on it.</source>
        <translation>Die Platine darauf scannen.</translation>
    </message>
    <message>
        <source>%1 is on %2.</source>
        <comment>%1: what was scanned, %2: a fixture</comment>
        <translation>%1 ist auf %2.</translation>
    </message>
    <message>
        <source>The scan is longer than any label.</source>
        <translation>Der Scan ist länger als jedes Etikett.</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again.</source>
        <translation>Das Etikett der Platine erneut scannen.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>%1: what was scanned, %2: why it is refused</comment>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>A fixture is still at work.</source>
        <translation>Eine Aufnahme arbeitet noch.</translation>
    </message>
    <message>
        <source>Wait for its verdict, then go back.</source>
        <translation>Auf das Urteil warten, dann zurück.</translation>
    </message>
    <message>
        <source>The label is on the board on %1.</source>
        <comment>%1: a fixture</comment>
        <translation>Das Etikett klebt auf der Platine auf %1.</translation>
    </message>
    <message>
        <source>Put the next board on.</source>
        <translation>Die nächste Platine auflegen.</translation>
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
        <translation>Name</translation>
    </message>
    <message>
        <source>ID scope</source>
        <comment>line of a new batch</comment>
        <translation>ID-Bereich</translation>
    </message>
    <message>
        <source>Device IDs, {seq:06} is the number</source>
        <comment>line of a new batch: the pattern</comment>
        <translation>Geräte-IDs, {seq:06} ist die Nummer</translation>
    </message>
    <message>
        <source>First number</source>
        <comment>line of a new batch</comment>
        <translation>Erste Nummer</translation>
    </message>
    <message>
        <source>How many</source>
        <comment>line of a new batch</comment>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>Spare; empty: a tenth, at least 5</source>
        <comment>line of a new batch</comment>
        <translation>Reserve; leer: ein Zehntel, mindestens 5</translation>
    </message>
    <message>
        <source>Batch %1: %2 units, %3 spare, for ID scope %4</source>
        <comment>%1 to %4: what a supervisor opens</comment>
        <translation>Los %1: %2 Einheiten, %3 Reserve, für ID-Bereich %4</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::PersonController</name>
    <message>
        <source>%1 was logged out: nothing was touched for a while.</source>
        <comment>%1: a person</comment>
        <translation>%1 wurde abgemeldet: eine Weile wurde nichts berührt.</translation>
    </message>
    <message>
        <source>%1 may be at this station no more.</source>
        <comment>%1: a person</comment>
        <translation>%1 darf nicht mehr an diese Station.</translation>
    </message>
    <message>
        <source>%1 is logged in.</source>
        <comment>%1: a person</comment>
        <translation>%1 ist angemeldet.</translation>
    </message>
    <message>
        <source>Log in</source>
        <comment>a supervisor&apos;s act: the passphrase lets them in</comment>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>%1 has taken over from %2.</source>
        <comment>%1, %2: persons</comment>
        <translation>%1 hat von %2 übernommen.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::PreflightController</name>
    <message>
        <source>Checking</source>
        <comment>the preflight is not at its end</comment>
        <translation>Wird geprüft</translation>
    </message>
    <message numerus="yes">
        <source>Not ready: %n check(s) are bad. Each line says what to do.</source>
        <comment>end of the preflight</comment>
        <translation>
            <numerusform>Nicht bereit: %n Prüfung ist schlecht. Ihre Zeile sagt, was zu tun ist.</numerusform>
            <numerusform>Nicht bereit: %n Prüfungen sind schlecht. Jede Zeile sagt, was zu tun ist.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The station is ready. %n line(s) to see to soon.</source>
        <comment>end of the preflight</comment>
        <translation>
            <numerusform>Die Station ist bereit. %n Zeile bald erledigen.</numerusform>
            <numerusform>Die Station ist bereit. %n Zeilen bald erledigen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The station is ready.</source>
        <comment>end of the preflight</comment>
        <translation>Die Station ist bereit.</translation>
    </message>
    <message>
        <source>The fixtures are ready.</source>
        <comment>end of the check of fixtures</comment>
        <translation>Die Aufnahmen sind bereit.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ScanTrialController</name>
    <message>
        <source>Scan</source>
        <comment>what the scanner sent</comment>
        <translation>Scan</translation>
    </message>
    <message>
        <source>The scanner and the station&apos;s keyboard fit together.</source>
        <translation>Scanner und Tastatur der Station passen zusammen.</translation>
    </message>
    <message>
        <source>Now scan a board&apos;s label.</source>
        <translation>Jetzt das Etikett einer Platine scannen.</translation>
    </message>
    <message>
        <source>Upper and lower case are exchanged.</source>
        <translation>Groß- und Kleinbuchstaben sind vertauscht.</translation>
    </message>
    <message>
        <source>Switch Caps Lock off, and scan the test code again.</source>
        <translation>Die Feststelltaste ausschalten und den Testcode erneut scannen.</translation>
    </message>
    <message>
        <source>Set the station&apos;s keyboard to US, or the scanner to the station&apos;s.</source>
        <translation>Die Tastatur der Station auf US stellen oder den Scanner auf die der Station.</translation>
    </message>
    <message>
        <source>Test code</source>
        <comment>what the test code says</comment>
        <translation>Testcode</translation>
    </message>
    <message>
        <source>The station&apos;s keyboard is none that scanners type on.</source>
        <translation>Auf der Tastatur, die die Station hat, tippt kein Scanner.</translation>
    </message>
    <message>
        <source>The station&apos;s keyboard is %1; the scanner types on US.</source>
        <comment>%1: a layout: de, fr, ...</comment>
        <translation>Die Tastatur der Station ist %1; der Scanner tippt auf US.</translation>
    </message>
    <message>
        <source>Barcode</source>
        <comment>what kind it is</comment>
        <translation>Strichcode</translation>
    </message>
    <message>
        <source>This is the label of %1.</source>
        <comment>%1: a fixture</comment>
        <translation>Das ist das Etikett von %1.</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>an engineer&apos;s detail</comment>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Board</source>
        <comment>the text that the station takes for the board</comment>
        <translation>Platine</translation>
    </message>
    <message>
        <source>Device ID</source>
        <translation>Geräte-ID</translation>
    </message>
    <message>
        <source>The station can use this scan.</source>
        <translation>Die Station kann diesen Scan verwenden.</translation>
    </message>
    <message>
        <source>It is no device ID: a batch takes it as a serial number, or refuses it.</source>
        <translation>Es ist keine Geräte-ID: ein Los nimmt es als Seriennummer oder weist es ab.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::TilesModel</name>
    <message>
        <source>Not connected</source>
        <comment>a fixture whose cable is not there</comment>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Scan the board</source>
        <comment>for this fixture</comment>
        <translation>Platine scannen</translation>
    </message>
    <message>
        <source>Put a board on</source>
        <translation>Platine auflegen</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <comment>a rule refused the scan; no verdict on the board</comment>
        <translation>Nicht angenommen</translation>
    </message>
    <message>
        <source>%1, %2 times in a row</source>
        <comment>%1: what went wrong with a board</comment>
        <translation>%1, %2-mal in Folge</translation>
    </message>
    <message>
        <source>Fixture stopped: check contacts, cable and boards.</source>
        <comment>beside a button Take up again</comment>
        <translation>Aufnahme angehalten: Kontakte, Kabel und Platinen prüfen.</translation>
    </message>
    <message>
        <source>Put the label on and scan it</source>
        <comment>on a fixture&apos;s tile, after PASS</comment>
        <translation>Etikett aufkleben und scannen</translation>
    </message>
    <message>
        <source>Then the next board.</source>
        <comment>after: put the label on and scan it</comment>
        <translation>Dann die nächste Platine.</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::UnitActController</name>
    <message>
        <source>Rework of %1: why?</source>
        <comment>%1: a device</comment>
        <translation>Nacharbeit an %1: warum?</translation>
    </message>
    <message>
        <source>Scrapping of %1: why?</source>
        <comment>%1: a device</comment>
        <translation>Verschrotten von %1: warum?</translation>
    </message>
    <message>
        <source>Flash replaced or erased</source>
        <comment>a reason for rework</comment>
        <translation>Flash ersetzt oder gelöscht</translation>
    </message>
    <message>
        <source>Board repaired</source>
        <comment>a reason for rework</comment>
        <translation>Platine repariert</translation>
    </message>
    <message>
        <source>Back from the customer</source>
        <comment>a reason for rework</comment>
        <translation>Vom Kunden zurück</translation>
    </message>
    <message>
        <source>Wrong firmware</source>
        <comment>a reason for rework</comment>
        <translation>Falsche Firmware</translation>
    </message>
    <message>
        <source>Board damaged</source>
        <comment>a reason for scrapping</comment>
        <translation>Platine beschädigt</translation>
    </message>
    <message>
        <source>Board cannot be repaired</source>
        <comment>a reason for scrapping</comment>
        <translation>Platine nicht reparierbar</translation>
    </message>
    <message>
        <source>Credential may be known to others</source>
        <comment>a reason for scrapping</comment>
        <translation>Zugangsdaten vielleicht bekannt geworden</translation>
    </message>
    <message>
        <source>Quality sample, destroyed</source>
        <comment>a reason for scrapping</comment>
        <translation>Qualitätsmuster, zerstört</translation>
    </message>
    <message>
        <source>Rework of %1: %2</source>
        <comment>%1: a device, %2: why</comment>
        <translation>Nacharbeit an %1: %2</translation>
    </message>
    <message>
        <source>Scrapping of %1: %2</source>
        <comment>%1: a device, %2: why</comment>
        <translation>Verschrotten von %1: %2</translation>
    </message>
    <message>
        <source>%1 is void. Scan its label again in an open batch and it is made anew; a locked board must be erased before.</source>
        <comment>%1: a device</comment>
        <translation>%1 ist ungültig. Sein Etikett in einem offenen Los erneut scannen, dann wird es neu gemacht; eine gesperrte Platine muss vorher gelöscht werden.</translation>
    </message>
    <message>
        <source>%1 is void, and its board is refused from now on.</source>
        <comment>%1: a device</comment>
        <translation>%1 ist ungültig, und seine Platine wird von nun an abgewiesen.</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>the line of another reason</comment>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::UnitController</name>
    <message>
        <source>Never begun</source>
        <comment>no board was ever given this ID</comment>
        <translation>Nie begonnen</translation>
    </message>
    <message>
        <source>It was also %1.</source>
        <comment>%1: other device IDs that a board or label had</comment>
        <translation>Sie war auch %1.</translation>
    </message>
    <message>
        <source>Its label is printed again.</source>
        <translation>Sein Etikett wird nochmals gedruckt.</translation>
    </message>
    <message>
        <source>In the cloud</source>
        <comment>a device&apos;s fact: its state there, and when that was told</comment>
        <translation>In der Cloud</translation>
    </message>
</context>
</TS>
