<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BatchesPage</name>
    <message numerus="yes">
        <source>%n unit(s) were interrupted: put those boards on and scan them again</source>
        <extracomment>%n units were interrupted</extracomment>
        <translation>
            <numerusform>%n unit was interrupted: put that board on and scan it again</numerusform>
            <numerusform>%n units were interrupted: put those boards on and scan them again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::CaController</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <comment>a CA&apos;s life</comment>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::PreflightController</name>
    <message numerus="yes">
        <source>Not ready: %n check(s) are bad. Each line says what to do.</source>
        <comment>end of the preflight</comment>
        <translation>
            <numerusform>Not ready: %n check is bad. Its line says what to do.</numerusform>
            <numerusform>Not ready: %n checks are bad. Each line says what to do.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The station is ready. %n line(s) to see to soon.</source>
        <comment>end of the preflight</comment>
        <translation>
            <numerusform>The station is ready. %n line to see to soon.</numerusform>
            <numerusform>The station is ready. %n lines to see to soon.</numerusform>
        </translation>
    </message>
</context>
</TS>
