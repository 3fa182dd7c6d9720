<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AnswerBar</name>
    <message>
        <source>Scan a board&apos;s label</source>
        <extracomment>shown before the first scan</extracomment>
        <translation>扫描电路板标签</translation>
    </message>
    <message>
        <source>Enter ends the scan</source>
        <extracomment>while a scan is being typed</extracomment>
        <translation>按回车结束扫描</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Audit log</source>
        <extracomment>for screen readers: the page of the audit log
----------
title of the page of the audit log</extracomment>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>Verify now</source>
        <extracomment>button: follows the audit log from its first row to its last</extracomment>
        <translation>立即验证</translation>
    </message>
    <message>
        <source>Sign now</source>
        <extracomment>button: has the HSM sign the audit log as it is now</extracomment>
        <translation>立即签名</translation>
    </message>
    <message>
        <source>Rows, newest first</source>
        <extracomment>for screen readers</extracomment>
        <translation>记录，最新在前</translation>
    </message>
    <message>
        <source>Nothing like that here</source>
        <extracomment>nothing in the audit log is what is looked for</extracomment>
        <translation>没有符合的记录</translation>
    </message>
    <message>
        <source>Older</source>
        <extracomment>button: rows of the audit log from before these</extracomment>
        <translation>更早</translation>
    </message>
    <message>
        <source>Newest</source>
        <extracomment>button: the audit log from its newest row on</extracomment>
        <translation>最新</translation>
    </message>
    <message>
        <source>A copy to take away</source>
        <extracomment>heading: where the audit log may be written to</extracomment>
        <translation>带走一份副本</translation>
    </message>
    <message>
        <source>Scan a label or type a name, then Enter, to look for it</source>
        <extracomment>the audit log can be looked through by scanning</extracomment>
        <translation>扫描标签，或输入名称后按回车来查找</translation>
    </message>
    <message>
        <source>Rows with %1</source>
        <extracomment>%1 is what rows of the audit log are looked for that have it</extracomment>
        <translation>包含 %1 的记录</translation>
    </message>
</context>
<context>
    <name>AuditRow</name>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>for screen readers: %1 a row&apos;s number in the audit log, %2 its kind, %3 what it says</extracomment>
        <translation>%1，%2：%3</translation>
    </message>
</context>
<context>
    <name>AuthorityPad</name>
    <message>
        <source>Passphrase</source>
        <extracomment>for screen readers: where a supervisor enters a passphrase</extracomment>
        <translation>口令</translation>
    </message>
    <message>
        <source>One moment</source>
        <extracomment>while the signer looks at the passphrase and does what it is for</extracomment>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>%1 characters entered</source>
        <extracomment>for screen readers; %1 is a number</extracomment>
        <translation>已输入 %1 个字符</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>取消</translation>
    </message>
    <message>
        <source>OK</source>
        <extracomment>key: the passphrase is whole</extracomment>
        <translation>确定</translation>
    </message>
</context>
<context>
    <name>BatchOverview</name>
    <message>
        <source>What it is</source>
        <extracomment>heading
----------
for screen readers</extracomment>
        <translation>设备信息</translation>
    </message>
    <message>
        <source>Three counts that must agree</source>
        <extracomment>heading of three numbers</extracomment>
        <translation>三个数字必须一致</translation>
    </message>
    <message>
        <source>signer</source>
        <extracomment>what the signer&apos;s ledger counts of a batch</extracomment>
        <translation>签名器</translation>
    </message>
    <message>
        <source>journal</source>
        <extracomment>what the journal counts of a batch</extracomment>
        <translation>日志</translation>
    </message>
    <message>
        <source>manifest</source>
        <extracomment>what the manifest counts of a batch</extracomment>
        <translation>清单</translation>
    </message>
    <message>
        <source>Hand it over</source>
        <extracomment>heading: where the manifest may be written to</extracomment>
        <translation>移交</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>Batch</source>
        <extracomment>for screen readers: the page of one batch</extracomment>
        <translation>批次</translation>
    </message>
    <message>
        <source>Pause</source>
        <extracomment>button: no board of this batch is begun until it is taken up again</extracomment>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <extracomment>button: a paused batch goes on</extracomment>
        <translation>继续</translation>
    </message>
    <message>
        <source>Close for good</source>
        <extracomment>button: ends a batch; asks first</extracomment>
        <translation>永久关闭</translation>
    </message>
    <message>
        <source>Nothing is issued in a closed batch any more. Close it?</source>
        <extracomment>before a batch is closed</extracomment>
        <translation>已关闭的批次不再签发。要关闭吗？</translation>
    </message>
    <message>
        <source>Close it</source>
        <extracomment>button: ends a batch now</extracomment>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <extracomment>button: the batch is not closed</extracomment>
        <translation>保持开放</translation>
    </message>
    <message>
        <source>Release it</source>
        <extracomment>button: a second supervisor lets a batch be as long as the first one asked</extracomment>
        <translation>放行</translation>
    </message>
    <message>
        <source>Extend</source>
        <extracomment>button: a supervisor asks for more units of this batch</extracomment>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Figures</source>
        <extracomment>button: to the page of a batch&apos;s figures</extracomment>
        <translation>统计</translation>
    </message>
</context>
<context>
    <name>BatchRow</name>
    <message>
        <source>%1, %2, %3 of %4 recorded</source>
        <extracomment>for screen readers: %1 is a batch, %2 its kind, %3 of %4 units recorded</extracomment>
        <translation>%1，%2，已记录 %3/%4</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>%1 of %2 units of a batch are recorded</extracomment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 unresolved</source>
        <extracomment>%1 units were interrupted and wait for their board</extracomment>
        <translation>%1 个未决</translation>
    </message>
    <message>
        <source>More</source>
        <extracomment>button on a batch: to its own page</extracomment>
        <translation>更多</translation>
    </message>
    <message>
        <source>More about %1</source>
        <extracomment>for screen readers: %1 is a batch</extracomment>
        <translation>关于 %1 的更多信息</translation>
    </message>
</context>
<context>
    <name>BatchesPage</name>
    <message>
        <source>Batches</source>
        <extracomment>for screen readers: the page of the batches
----------
title of the page of batches for an auditor, who chooses none</extracomment>
        <translation>批次</translation>
    </message>
    <message>
        <source>Choose a batch</source>
        <extracomment>title of the page of batches</extracomment>
        <translation>选择批次</translation>
    </message>
    <message>
        <source>Refresh</source>
        <extracomment>button: read the list of batches again</extracomment>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Open batches</source>
        <extracomment>for screen readers</extracomment>
        <translation>开放的批次</translation>
    </message>
    <message numerus="yes">
        <source>%n unit(s) were interrupted: put those boards on and scan them again</source>
        <extracomment>%n units were interrupted</extracomment>
        <translation>
            <numerusform>%n 个单元曾中断：请放上这些电路板并重新扫描</numerusform>
        </translation>
    </message>
    <message>
        <source>Touch a batch, or scan its name</source>
        <extracomment>a batch can be chosen by its barcode</extracomment>
        <translation>点选批次，或扫描批次名称</translation>
    </message>
    <message>
        <source>All batches</source>
        <extracomment>button: shows paused and closed batches, too</extracomment>
        <translation>全部批次</translation>
    </message>
    <message>
        <source>Open ones</source>
        <extracomment>button: shows open batches alone</extracomment>
        <translation>仅开放的</translation>
    </message>
    <message>
        <source>Menu</source>
        <extracomment>button: to the page from which all others are reached</extracomment>
        <translation>菜单</translation>
    </message>
    <message>
        <source>New batch</source>
        <extracomment>button: to the page on which a batch is opened</extracomment>
        <translation>新建批次</translation>
    </message>
    <message>
        <source>No batch is open.
A supervisor opens one.</source>
        <extracomment>there is nothing to choose</extracomment>
        <translation>没有开放的批次。
请主管开放一个。</translation>
    </message>
    <message>
        <source>Nobody logs in here, so the records name nobody. A supervisor adds persons by: keystamp person add</source>
        <extracomment>there are no persons; the command is not translated</extracomment>
        <translation>此处无人登录，因此记录中没有人员姓名。主管可用此命令添加人员：keystamp person add</translation>
    </message>
    <message>
        <source>You may look at devices, figures and the preflight; boards are an operator&apos;s work</source>
        <extracomment>to an auditor, who cannot choose a batch</extracomment>
        <translation>您可以查看设备、统计和开工检查；电路板由操作员处理</translation>
    </message>
</context>
<context>
    <name>CaCard</name>
    <message>
        <source>in use</source>
        <extracomment>a CA that new batches get</extracomment>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Ends on %1  ·  %2</source>
        <extracomment>a CA&apos;s life: %1 is when it ends, %2 how long that is, &quot;812 days left&quot;, or that it is over</extracomment>
        <translation>到期日 %1  ·  %2</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>a CA&apos;s fact</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>SHA-1</source>
        <extracomment>a CA&apos;s fact: the thumbprint that a portal shows</extracomment>
        <translation>SHA-1</translation>
    </message>
    <message>
        <source>Verify</source>
        <extracomment>button: has a cloud verify this CA, by a code</extracomment>
        <translation>验证</translation>
    </message>
    <message>
        <source>Verify: %1</source>
        <extracomment>for screen readers; %1 is primary or secondary CA</extracomment>
        <translation>验证：%1</translation>
    </message>
    <message>
        <source>Roll to it</source>
        <extracomment>button: new batches get this CA from now on; asks first</extracomment>
        <translation>切换到它</translation>
    </message>
    <message>
        <source>Roll to it: %1</source>
        <extracomment>for screen readers; %1 is primary or secondary CA</extracomment>
        <translation>切换到：%1</translation>
    </message>
</context>
<context>
    <name>CaCodeForm</name>
    <message>
        <source>This is the code</source>
        <extracomment>button: the code is all of it; where the files go is asked next</extracomment>
        <translation>就是这个代码</translation>
    </message>
    <message>
        <source>No code yet: the certificate alone</source>
        <extracomment>button: the portal has no code yet; the CA&apos;s certificate, for which it gives one, is written alone</extracomment>
        <translation>还没有代码：只写证书</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>取消</translation>
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
        <translation>切换</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done
----------
button: back to the code</extracomment>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>Checks</source>
        <extracomment>for screen readers</extracomment>
        <translation>检查项</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>%1: %2. %3. %4</source>
        <extracomment>for screen readers: %1 a check, %2 good, soon or bad, %3 what was found, %4 what to do</extracomment>
        <translation>%1：%2。%3。%4</translation>
    </message>
</context>
<context>
    <name>ExtensionForm</name>
    <message>
        <source>Nothing more is issued before a second supervisor has released it.</source>
        <extracomment>above the button that asks for a longer batch</extracomment>
        <translation>在第二位主管放行之前不会多签发任何凭证。</translation>
    </message>
    <message>
        <source>Ask for it</source>
        <extracomment>button: a longer batch is asked for; a passphrase is wanted</extracomment>
        <translation>申请</translation>
    </message>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>FactRow</name>
    <message>
        <source>%1: %2</source>
        <extracomment>for screen readers: %1 a fact&apos;s name, %2 its value</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>FailureRow</name>
    <message>
        <source>%1: %2, %3 times</source>
        <extracomment>for screen readers: %1 a fixture, %2 why jobs failed there, %3 how many</extracomment>
        <translation>%1：%2，%3 次</translation>
    </message>
    <message>
        <source>%1 · up to here %2 %</source>
        <extracomment>how often something failed, and %2 per cent of all failures are this and those above; a Pareto chart</extracomment>
        <translation>%1 · 累计 %2 %</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Figures</source>
        <extracomment>for screen readers: the page of the line&apos;s figures</extracomment>
        <translation>统计</translation>
    </message>
    <message>
        <source>The last %1 hours</source>
        <extracomment>title of the page of the line&apos;s figures; %1 hours</extracomment>
        <translation>最近 %1 小时</translation>
    </message>
    <message>
        <source>Shift</source>
        <extracomment>button: figures of the last eight hours</extracomment>
        <translation>班次</translation>
    </message>
    <message>
        <source>Day</source>
        <extracomment>button: figures of the last 24 hours</extracomment>
        <translation>一天</translation>
    </message>
    <message>
        <source>recorded</source>
        <extracomment>label of the counter of recorded units</extracomment>
        <translation>已记录</translation>
    </message>
    <message>
        <source>from unit to unit</source>
        <extracomment>label: the usual time from one unit to the next</extracomment>
        <translation>单元间隔</translation>
    </message>
    <message>
        <source>passed at once</source>
        <extracomment>label: the share of boards that passed at their first job</extracomment>
        <translation>一次合格率</translation>
    </message>
    <message>
        <source>What fails, the most frequent first</source>
        <extracomment>for screen readers</extracomment>
        <translation>失败原因，最常见的在前</translation>
    </message>
    <message>
        <source>Nothing has failed.</source>
        <extracomment>in the place of the list of failures</extracomment>
        <translation>没有失败。</translation>
    </message>
    <message>
        <source>HSM answers in</source>
        <extracomment>name of a figure: how long the HSM takes for a signature or a key</extracomment>
        <translation>HSM 应答用时</translation>
    </message>
    <message>
        <source>Batch</source>
        <extracomment>button: figures of all of a batch</extracomment>
        <translation>批次</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>First run</source>
        <extracomment>for screen readers: the pages that make a new station ready</extracomment>
        <translation>首次启动</translation>
    </message>
    <message>
        <source>Look again</source>
        <extracomment>button: the fixtures are looked at once more</extracomment>
        <translation>再次检查</translation>
    </message>
    <message>
        <source>Later</source>
        <extracomment>button: the rest of the first run is left out</extracomment>
        <translation>以后</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>切换 %1 以外的语言</translation>
    </message>
</context>
<context>
    <name>FixtureTile</name>
    <message>
        <source>%1: %2 %3</source>
        <extracomment>for screen readers: %1 is a fixture, %2 its verdict or what to do there, %3 the unit</extracomment>
        <translation>%1：%2 %3</translation>
    </message>
</context>
<context>
    <name>HourBar</name>
    <message>
        <source>%1: %2 recorded, %3 failed</source>
        <extracomment>for screen readers: %1 an hour, %2 units recorded, %3 jobs failed</extracomment>
        <translation>%1：已记录 %2，失败 %3</translation>
    </message>
</context>
<context>
    <name>HourChart</name>
    <message>
        <source>Units per hour</source>
        <extracomment>heading of a chart</extracomment>
        <translation>每小时单元数</translation>
    </message>
    <message>
        <source>Units per day</source>
        <extracomment>heading of a chart</extracomment>
        <translation>每日单元数</translation>
    </message>
</context>
<context>
    <name>LabelCard</name>
    <message>
        <source>Its label</source>
        <extracomment>for screen readers: the picture of a unit&apos;s printed label</extracomment>
        <translation>其标签</translation>
    </message>
    <message>
        <source>Print again</source>
        <extracomment>button: a unit&apos;s label is printed once more</extracomment>
        <translation>重新打印</translation>
    </message>
</context>
<context>
    <name>LifeRow</name>
    <message>
        <source>%1: %2, %3</source>
        <extracomment>for screen readers: %1 a time, %2 an event, %3 where and why</extracomment>
        <translation>%1：%2，%3</translation>
    </message>
</context>
<context>
    <name>LineHeader</name>
    <message>
        <source>Batches</source>
        <extracomment>button: back to the list of batches</extracomment>
        <translation>批次</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>counter of recorded units; %1 of %2 ordered</extracomment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>recorded</source>
        <extracomment>label of the counter of recorded units</extracomment>
        <translation>已记录</translation>
    </message>
    <message>
        <source>failed</source>
        <extracomment>label of the counter of failed attempts</extracomment>
        <translation>失败</translation>
    </message>
    <message>
        <source>unresolved</source>
        <extracomment>label of the counter of units that wait for their board</extracomment>
        <translation>未决</translation>
    </message>
    <message>
        <source>8 hours: %1 · takt %2 · first pass %3</source>
        <extracomment>the line&apos;s last eight hours: %1 units, %2 from one to the next, %3 of boards passed at once</extracomment>
        <translation>8 小时：%1 · 节拍 %2 · 一次通过 %3</translation>
    </message>
    <message>
        <source>in 8 hours</source>
        <extracomment>label of the counter of all units that were recorded in the last eight hours</extracomment>
        <translation>8 小时内</translation>
    </message>
    <message>
        <source>takt</source>
        <extracomment>label: the usual time from one unit to the next, short</extracomment>
        <translation>节拍</translation>
    </message>
    <message>
        <source>first pass</source>
        <extracomment>label: first-pass yield, short</extracomment>
        <translation>一次通过</translation>
    </message>
</context>
<context>
    <name>LinePage</name>
    <message>
        <source>Fixtures</source>
        <extracomment>for screen readers: the page of the fixtures</extracomment>
        <translation>工位</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Locked</source>
        <extracomment>for screen readers: the page that waits for a badge</extracomment>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>切换 %1 以外的语言</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <extracomment>the kiosk is locked</extracomment>
        <translation>请扫描您的工牌</translation>
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
        <translation>演示  ·  此处所产均不可销售</translation>
    </message>
</context>
<context>
    <name>MediaChoice</name>
    <message>
        <source>Put a memory stick in, or keep it here.</source>
        <extracomment>where memory sticks are listed</extracomment>
        <translation>请插入 U 盘，或保存在本站。</translation>
    </message>
    <message>
        <source>It is written, read back and verified.</source>
        <extracomment>above the memory sticks that are in</extracomment>
        <translation>写入后会读回并验证。</translation>
    </message>
    <message>
        <source>%1  ·  %2 free</source>
        <extracomment>button: writes to a memory stick; %1 is its name, %2 the room on it</extracomment>
        <translation>%1  ·  可用 %2</translation>
    </message>
    <message>
        <source>Keep it at this station</source>
        <extracomment>button: writes to a folder of this machine</extracomment>
        <translation>保存在本站</translation>
    </message>
</context>
<context>
    <name>MenuPage</name>
    <message>
        <source>Menu</source>
        <extracomment>for screen readers: the page from which all others are reached
----------
title of the page from which all others are reached</extracomment>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Find a device</source>
        <extracomment>button: to the page of one device</extracomment>
        <translation>查找设备</translation>
    </message>
    <message>
        <source>what it is, and its whole life</source>
        <extracomment>under a button: what a device may be looked up for</extracomment>
        <translation>它是什么，以及全部历史</translation>
    </message>
    <message>
        <source>Preflight</source>
        <extracomment>button: to the page of every check that a shift starts with</extracomment>
        <translation>开工检查</translation>
    </message>
    <message>
        <source>everything that a shift needs</source>
        <extracomment>under a button</extracomment>
        <translation>班次所需的一切</translation>
    </message>
    <message>
        <source>Figures</source>
        <extracomment>button: to the page of the line&apos;s figures</extracomment>
        <translation>统计</translation>
    </message>
    <message>
        <source>units an hour, yield, what fails most</source>
        <extracomment>under a button</extracomment>
        <translation>每小时产量、良率、最常见故障</translation>
    </message>
    <message>
        <source>touch for the next language</source>
        <extracomment>under a button that has the language&apos;s name on it</extracomment>
        <translation>点击切换到下一种语言</translation>
    </message>
    <message>
        <source>Another language than %1</source>
        <extracomment>for screen readers; %1 is the language spoken now</extracomment>
        <translation>切换 %1 以外的语言</translation>
    </message>
    <message>
        <source>Try the scanner</source>
        <extracomment>button: to the page where a scanner is tried</extracomment>
        <translation>试用扫描器</translation>
    </message>
    <message>
        <source>what the station makes of a scan, and whether the keyboard&apos;s layout is right</source>
        <extracomment>under a button</extracomment>
        <translation>本站如何解读扫描，键盘布局是否正确</translation>
    </message>
    <message>
        <source>Audit log</source>
        <extracomment>button: to the page of the audit log</extracomment>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>all that was done here, verified, a copy to take away</source>
        <extracomment>under a button</extracomment>
        <translation>这里做过的一切，可验证，可带走副本</translation>
    </message>
    <message>
        <source>CAs</source>
        <extracomment>button: to the page of the CAs</extracomment>
        <translation>CA</translation>
    </message>
    <message>
        <source>how long they last, have a cloud verify one, roll to the other</source>
        <extracomment>under a button</extracomment>
        <translation>有效期、由云端验证、切换到另一个</translation>
    </message>
</context>
<context>
    <name>NewBatchPage</name>
    <message>
        <source>New batch</source>
        <extracomment>for screen readers: the page on which a batch is opened
----------
title of the page on which a batch is opened</extracomment>
        <translation>新建批次</translation>
    </message>
    <message>
        <source>Open it</source>
        <extracomment>button: opens the batch as it is written; a passphrase is asked for</extracomment>
        <translation>开放</translation>
    </message>
    <message>
        <source>Device IDs from a list instead:</source>
        <extracomment>above the CSV files on memory sticks</extracomment>
        <translation>改用列表中的设备 ID：</translation>
    </message>
    <message>
        <source>For IDs from a list put a memory stick in that has a CSV file.</source>
        <extracomment>where no memory stick has a CSV file</extracomment>
        <translation>要用列表中的 ID，请插入含 CSV 文件的 U 盘。</translation>
    </message>
    <message>
        <source>Touch a line; write, or scan it</source>
        <extracomment>how a line is filled</extracomment>
        <translation>点一行，然后输入或扫描</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <extracomment>button: to the page before</extracomment>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PersonBar</name>
    <message>
        <source>Logged in: %1</source>
        <extracomment>for screen readers; %1 is a person</extracomment>
        <translation>已登录：%1</translation>
    </message>
    <message>
        <source>Log out</source>
        <extracomment>button: the person leaves the kiosk</extracomment>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>PinKeypad</name>
    <message>
        <source>Erase</source>
        <extracomment>key: takes the last digit back</extracomment>
        <translation>删除</translation>
    </message>
    <message>
        <source>OK</source>
        <extracomment>key: the PIN is whole</extracomment>
        <translation>确定</translation>
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
        <translation>已输入 %1 个字符</translation>
    </message>
</context>
<context>
    <name>PreflightPage</name>
    <message>
        <source>Preflight</source>
        <extracomment>for screen readers: the page of the preflight</extracomment>
        <translation>开工检查</translation>
    </message>
    <message>
        <source>Is the station ready?</source>
        <extracomment>title of the page of the preflight</extracomment>
        <translation>工站是否就绪？</translation>
    </message>
    <message>
        <source>Check again</source>
        <extracomment>button: run the preflight again</extracomment>
        <translation>重新检查</translation>
    </message>
</context>
<context>
    <name>ReasonChoice</name>
    <message>
        <source>Cancel</source>
        <extracomment>button: nothing is done</extracomment>
        <translation>取消</translation>
    </message>
    <message>
        <source>Another reason</source>
        <extracomment>button: none of the usual reasons; keys are shown then</extracomment>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>This is the reason</source>
        <extracomment>button: the reason that was written is the one</extracomment>
        <translation>就是这个原因</translation>
    </message>
    <message>
        <source>Usual reasons</source>
        <extracomment>button: back to the usual reasons</extracomment>
        <translation>常用原因</translation>
    </message>
</context>
<context>
    <name>ScanPage</name>
    <message>
        <source>Scanner</source>
        <extracomment>for screen readers: the page where a scanner is tried</extracomment>
        <translation>扫描枪</translation>
    </message>
    <message>
        <source>Try the scanner</source>
        <extracomment>title of the page where a scanner is tried</extracomment>
        <translation>试用扫描器</translation>
    </message>
    <message>
        <source>Nothing is issued here</source>
        <extracomment>below the title of the page where a scanner is tried</extracomment>
        <translation>此处不签发任何内容</translation>
    </message>
</context>
<context>
    <name>ScanTrial</name>
    <message>
        <source>Test code</source>
        <extracomment>for screen readers: a barcode</extracomment>
        <translation>测试码</translation>
    </message>
    <message>
        <source>Scan this first: it finds a wrong keyboard</source>
        <extracomment>below the test code</extracomment>
        <translation>请先扫描此码：可发现键盘布局错误</translation>
    </message>
    <message>
        <source>What the station made of it</source>
        <extracomment>for screen readers</extracomment>
        <translation>工站的识别结果</translation>
    </message>
    <message>
        <source>Then scan any label: here stands what the station makes of it</source>
        <extracomment>nothing was scanned yet</extracomment>
        <translation>然后扫描任意标签：此处显示工站的识别结果</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Start</source>
        <extracomment>for screen readers: the page while the station starts</extracomment>
        <translation>启动</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <extracomment>while signer and journal are opened</extracomment>
        <translation>工站正在启动</translation>
    </message>
    <message>
        <source>HSM, journal and unfinished work are looked at first.</source>
        <extracomment>while signer and journal are opened</extracomment>
        <translation>首先检查 HSM、日志和未完成的工作。</translation>
    </message>
    <message>
        <source>Try again</source>
        <extracomment>button: open the station again</extracomment>
        <translation>重试</translation>
    </message>
    <message>
        <source>Check everything</source>
        <extracomment>button: to the page of every check that a shift starts with</extracomment>
        <translation>全面检查</translation>
    </message>
    <message>
        <source>Starting</source>
        <extracomment>for screen readers</extracomment>
        <translation>正在启动</translation>
    </message>
</context>
<context>
    <name>StepTrack</name>
    <message>
        <source>Reserved</source>
        <extracomment>state of a unit: the ID is taken for this board</extracomment>
        <translation>已预留</translation>
    </message>
    <message>
        <source>Intended</source>
        <extracomment>state of a unit: what will be signed is on disk</extracomment>
        <translation>已登记</translation>
    </message>
    <message>
        <source>Issued</source>
        <extracomment>state of a unit: the HSM has signed or derived</extracomment>
        <translation>已签发</translation>
    </message>
    <message>
        <source>Written</source>
        <extracomment>state of a unit: the board has accepted it</extracomment>
        <translation>已写入</translation>
    </message>
    <message>
        <source>Verified</source>
        <extracomment>state of a unit: the board has proven that it holds it</extracomment>
        <translation>已验证</translation>
    </message>
    <message>
        <source>Recorded</source>
        <extracomment>state of a unit: on record for ever</extracomment>
        <translation>已记录</translation>
    </message>
    <message>
        <source>%1 of 6 steps</source>
        <extracomment>for screen readers; %1 of 6 steps</extracomment>
        <translation>6 步中的第 %1 步</translation>
    </message>
</context>
<context>
    <name>TextKeys</name>
    <message>
        <source>Capitals</source>
        <extracomment>for screen readers: key for capital letters</extracomment>
        <translation>大写字母</translation>
    </message>
    <message>
        <source>Signs</source>
        <extracomment>for screen readers: key for signs such as # and +</extracomment>
        <translation>符号</translation>
    </message>
    <message>
        <source>Space</source>
        <extracomment>key: a blank</extracomment>
        <translation>空格</translation>
    </message>
    <message>
        <source>Erase</source>
        <extracomment>key: takes the last character back</extracomment>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>TextLine</name>
    <message>
        <source>%1: %2</source>
        <extracomment>for screen readers: %1 a line&apos;s name, %2 what stands in it</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>TileVerdict</name>
    <message>
        <source>Touch when seen</source>
        <extracomment>on a small tile that is a button: a person has seen the FAIL or ERROR</extracomment>
        <translation>看到后请点按</translation>
    </message>
    <message>
        <source>Touch when mended</source>
        <extracomment>on a small tile that is a button: the fixture was stopped, a person has looked after it</extracomment>
        <translation>修好后请点按</translation>
    </message>
    <message>
        <source>Scan its label; touch: none</source>
        <extracomment>on a small tile that is a button: the board&apos;s label is to be scanned; touching says that it gets none</extracomment>
        <translation>扫描标签；触摸：无标签</translation>
    </message>
</context>
<context>
    <name>TileWork</name>
    <message>
        <source>Board %1</source>
        <extracomment>%1 is the unique number of the board&apos;s chip</extracomment>
        <translation>电路板 %1</translation>
    </message>
</context>
<context>
    <name>UnitPage</name>
    <message>
        <source>Device</source>
        <extracomment>for screen readers: the page of one device</extracomment>
        <translation>设备</translation>
    </message>
    <message>
        <source>Find a device</source>
        <extracomment>title of the page of one device before there is one</extracomment>
        <translation>查找设备</translation>
    </message>
    <message>
        <source>What it is</source>
        <extracomment>for screen readers</extracomment>
        <translation>设备信息</translation>
    </message>
    <message>
        <source>Its life, newest first</source>
        <extracomment>for screen readers</extracomment>
        <translation>历史记录，最新在前</translation>
    </message>
    <message>
        <source>Scan its label,
or type its ID, its board&apos;s number or its certificate&apos;s thumbprint, then Enter</source>
        <extracomment>by what a device is found</extracomment>
        <translation>扫描其标签，
或输入设备 ID、电路板编号或证书指纹，然后按回车</translation>
    </message>
    <message>
        <source>Searching</source>
        <extracomment>while the journal is searched</extracomment>
        <translation>正在查找</translation>
    </message>
    <message>
        <source>Rework</source>
        <extracomment>button: a supervisor lets this device be made anew</extracomment>
        <translation>返工</translation>
    </message>
    <message>
        <source>Scrap</source>
        <extracomment>button: a supervisor takes this device out for good</extracomment>
        <translation>报废</translation>
    </message>
</context>
<context>
    <name>VerdictButton</name>
    <message>
        <source>Seen</source>
        <extracomment>button on a FAIL or ERROR: a person has seen it</extracomment>
        <translation>已阅</translation>
    </message>
    <message>
        <source>Take up again</source>
        <extracomment>button on a fixture that was stopped after equal failures: a person has looked after it, it takes boards again</extracomment>
        <translation>恢复使用</translation>
    </message>
    <message>
        <source>No label</source>
        <extracomment>button on a PASS whose board waits for its label: it gets none now</extracomment>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Acknowledge %1 on %2</source>
        <extracomment>for screen readers: %1 is FAIL or ERROR, %2 a fixture</extracomment>
        <translation>确认 %2 上的 %1</translation>
    </message>
    <message>
        <source>Take up %1 again</source>
        <extracomment>for screen readers: %1 is a fixture that was stopped</extracomment>
        <translation>恢复使用 %1</translation>
    </message>
    <message>
        <source>No label for the board on %1</source>
        <extracomment>for screen readers: %1 is a fixture whose board waits for its label</extracomment>
        <translation>%1 上的电路板不贴标签</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel</name>
    <message>
        <source>The station was asked for something it does not know</source>
        <translation>工站收到了无法识别的请求</translation>
    </message>
    <message>
        <source>Call an engineer.</source>
        <translation>请联系工程师。</translation>
    </message>
    <message>
        <source>The station&apos;s configuration cannot be used</source>
        <translation>工站配置无法使用</translation>
    </message>
    <message>
        <source>Call an engineer: the line below must be corrected.</source>
        <translation>请联系工程师：必须更正下面这一行。</translation>
    </message>
    <message>
        <source>The scan is not a device ID</source>
        <translation>扫描内容不是设备 ID</translation>
    </message>
    <message>
        <source>Check the label; set the board aside if it is damaged.</source>
        <translation>检查标签；若已损坏，请将电路板放到一边。</translation>
    </message>
    <message>
        <source>The CSV file cannot be used; nothing of it was taken</source>
        <translation>CSV 文件无法使用；未导入任何内容</translation>
    </message>
    <message>
        <source>Correct the named lines and import it again.</source>
        <translation>更正所指出的行后重新导入。</translation>
    </message>
    <message>
        <source>The scan cannot be used</source>
        <translation>扫描内容无法使用</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again.</source>
        <translation>请重新扫描电路板标签。</translation>
    </message>
    <message>
        <source>There is no such batch</source>
        <translation>没有这个批次</translation>
    </message>
    <message>
        <source>Choose a batch from the list.</source>
        <translation>请从列表中选择批次。</translation>
    </message>
    <message>
        <source>A batch of that name exists</source>
        <translation>已有同名批次</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>The batch is not open</source>
        <translation>该批次未开放</translation>
    </message>
    <message>
        <source>Choose an open batch.</source>
        <translation>请选择开放的批次。</translation>
    </message>
    <message>
        <source>No unit of that ID is recorded</source>
        <translation>没有该 ID 的记录</translation>
    </message>
    <message>
        <source>Check the ID.</source>
        <translation>请检查 ID。</translation>
    </message>
    <message>
        <source>There is no such fixture</source>
        <translation>没有这个工位</translation>
    </message>
    <message>
        <source>Scan the label on the fixture.</source>
        <translation>请扫描工位上的标签。</translation>
    </message>
    <message>
        <source>This board does not belong to the batch</source>
        <translation>该电路板不属于此批次</translation>
    </message>
    <message>
        <source>Check the label and the batch; set the board aside.</source>
        <translation>检查标签和批次；将电路板放到一边。</translation>
    </message>
    <message>
        <source>The batch has issued all it may</source>
        <translation>该批次已达签发上限</translation>
    </message>
    <message>
        <source>Call a supervisor: close the batch or extend it.</source>
        <translation>请联系主管：关闭或扩展该批次。</translation>
    </message>
    <message>
        <source>This board is already done</source>
        <translation>该电路板已完成</translation>
    </message>
    <message>
        <source>Put the next board on.</source>
        <translation>请放上下一块电路板。</translation>
    </message>
    <message>
        <source>This label belongs to another board</source>
        <translation>该标签属于另一块电路板</translation>
    </message>
    <message>
        <source>Set the board aside and call a supervisor.</source>
        <translation>将电路板放到一边并联系主管。</translation>
    </message>
    <message>
        <source>This board was begun under another label</source>
        <translation>该电路板曾以另一标签开始</translation>
    </message>
    <message>
        <source>Scan the label it was begun with.</source>
        <translation>请扫描开始时所用的标签。</translation>
    </message>
    <message>
        <source>This board was scrapped</source>
        <translation>该电路板已报废</translation>
    </message>
    <message>
        <source>Take it out of the line: it gets no identity any more.</source>
        <translation>请移出产线：它不再获得身份。</translation>
    </message>
    <message>
        <source>This unit was interrupted and is not resolved</source>
        <translation>该单元曾中断且尚未解决</translation>
    </message>
    <message>
        <source>Put that board on a fixture and scan it again, or have a supervisor resolve it.</source>
        <translation>将该电路板放到工位上重新扫描，或由主管处理。</translation>
    </message>
    <message>
        <source>It is not clear which fixture this is for</source>
        <translation>不清楚这是哪个工位的</translation>
    </message>
    <message>
        <source>Scan the fixture&apos;s label first, then the board.</source>
        <translation>先扫描工位标签，再扫描电路板。</translation>
    </message>
    <message>
        <source>This fixture is still at work</source>
        <translation>该工位仍在工作</translation>
    </message>
    <message>
        <source>Wait for its verdict, then scan again.</source>
        <translation>等待判定结果后再扫描。</translation>
    </message>
    <message>
        <source>This fixture&apos;s last board is not settled</source>
        <translation>该工位上一块电路板尚未处理</translation>
    </message>
    <message>
        <source>Take it off, press Seen on the tile, then scan again.</source>
        <translation>取下它，在方块上按“已阅”，然后重新扫描。</translation>
    </message>
    <message>
        <source>Signer, journal and manifest do not agree</source>
        <translation>签名器、日志与清单不一致</translation>
    </message>
    <message>
        <source>Call an engineer; keep the batch as it is.</source>
        <translation>请联系工程师；保持批次原状。</translation>
    </message>
    <message>
        <source>The board does not answer</source>
        <translation>电路板没有应答</translation>
    </message>
    <message>
        <source>Check that it is seated and powered, then scan again.</source>
        <translation>检查是否放好并已通电，然后重新扫描。</translation>
    </message>
    <message>
        <source>The board&apos;s answer makes no sense</source>
        <translation>电路板的应答无意义</translation>
    </message>
    <message>
        <source>Check its cable, then scan again.</source>
        <translation>检查电缆，然后重新扫描。</translation>
    </message>
    <message>
        <source>The connection to the board broke</source>
        <translation>与电路板的连接中断</translation>
    </message>
    <message>
        <source>The board refused</source>
        <translation>电路板拒绝</translation>
    </message>
    <message>
        <source>Set the board aside as bad.</source>
        <translation>将电路板作为不良品放到一边。</translation>
    </message>
    <message>
        <source>The board could not prove its credential</source>
        <translation>电路板无法证明其凭据</translation>
    </message>
    <message>
        <source>This is another board than the one expected</source>
        <translation>这不是预期的电路板</translation>
    </message>
    <message>
        <source>Put the right board on; set this one aside.</source>
        <translation>放上正确的电路板；将这块放到一边。</translation>
    </message>
    <message>
        <source>The signer does not answer</source>
        <translation>签名器没有应答</translation>
    </message>
    <message>
        <source>It restarts by itself; call an engineer if this stays.</source>
        <translation>它会自动重启；若持续，请联系工程师。</translation>
    </message>
    <message>
        <source>The signer refused the request</source>
        <translation>签名器拒绝了请求</translation>
    </message>
    <message>
        <source>The HSM waits for its PIN</source>
        <translation>HSM 正在等待 PIN</translation>
    </message>
    <message>
        <source>Enter the PIN.</source>
        <translation>请输入 PIN。</translation>
    </message>
    <message>
        <source>The PIN was not accepted</source>
        <translation>PIN 未被接受</translation>
    </message>
    <message>
        <source>Enter it again with care: every wrong entry counts.</source>
        <translation>请仔细重新输入：每次错误都会计数。</translation>
    </message>
    <message>
        <source>The HSM has locked its PIN</source>
        <translation>HSM 已锁定其 PIN</translation>
    </message>
    <message>
        <source>The HSM&apos;s security officer must unlock or renew it; then enter the PIN.</source>
        <translation>HSM 安全员必须将其解锁或更新；然后输入 PIN。</translation>
    </message>
    <message>
        <source>The supervisor&apos;s passphrase is wrong</source>
        <translation>主管口令错误</translation>
    </message>
    <message>
        <source>Enter it again.</source>
        <translation>请重新输入。</translation>
    </message>
    <message>
        <source>The HSM is not there</source>
        <translation>未找到 HSM</translation>
    </message>
    <message>
        <source>Check that the HSM is connected.</source>
        <translation>请检查 HSM 是否已连接。</translation>
    </message>
    <message>
        <source>A key is not in the HSM</source>
        <translation>HSM 中缺少密钥</translation>
    </message>
    <message>
        <source>The HSM reports a fault</source>
        <translation>HSM 报告故障</translation>
    </message>
    <message>
        <source>Wait until it has healed, then scan again.</source>
        <translation>等待恢复后再扫描。</translation>
    </message>
    <message>
        <source>The HSM has no order for this</source>
        <translation>HSM 没有对应的授权</translation>
    </message>
    <message>
        <source>A supervisor must open the batch.</source>
        <translation>必须由主管开放该批次。</translation>
    </message>
    <message>
        <source>The board&apos;s request is not acceptable</source>
        <translation>电路板的请求不可接受</translation>
    </message>
    <message>
        <source>The CA&apos;s certificate chain is not acceptable</source>
        <translation>CA 证书链不可接受</translation>
    </message>
    <message>
        <source>The board&apos;s key is not random</source>
        <translation>电路板的密钥不是随机的</translation>
    </message>
    <message>
        <source>Set the board aside as bad; call an engineer.</source>
        <translation>将电路板作为不良品放到一边；联系工程师。</translation>
    </message>
    <message>
        <source>The certificate would break a rule; it was not given out</source>
        <translation>证书会违反规则；未发放</translation>
    </message>
    <message>
        <source>A signature was interrupted; its serial is void</source>
        <translation>签名被中断；其序列号已作废</translation>
    </message>
    <message>
        <source>Scan again.</source>
        <translation>请重新扫描。</translation>
    </message>
    <message>
        <source>The journal cannot be written</source>
        <translation>日志无法写入</translation>
    </message>
    <message>
        <source>Check the disk; call an engineer.</source>
        <translation>检查磁盘；联系工程师。</translation>
    </message>
    <message>
        <source>Another program is running this station</source>
        <translation>另一个程序正在使用此工站</translation>
    </message>
    <message>
        <source>Close the other program, then try again.</source>
        <translation>关闭另一个程序后重试。</translation>
    </message>
    <message>
        <source>The records do not verify</source>
        <translation>记录校验不通过</translation>
    </message>
    <message>
        <source>Keep the files; call an auditor.</source>
        <translation>保留文件；联系审计员。</translation>
    </message>
    <message>
        <source>The fixture cannot be reached</source>
        <translation>无法连接该工位</translation>
    </message>
    <message>
        <source>Check its cable; call an engineer if this stays.</source>
        <translation>检查电缆；若持续，请联系工程师。</translation>
    </message>
    <message>
        <source>It took too long</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Scan again; call an engineer if this stays.</source>
        <translation>重新扫描；若持续，请联系工程师。</translation>
    </message>
    <message>
        <source>It was stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Scan again to go on.</source>
        <translation>重新扫描以继续。</translation>
    </message>
    <message>
        <source>The clock does not fit the records</source>
        <translation>时钟与记录不符</translation>
    </message>
    <message>
        <source>Set the clock; where it is right, a supervisor must say so.</source>
        <translation>请校准时钟；若时钟正确，须由主管确认。</translation>
    </message>
    <message>
        <source>A file cannot be read or written</source>
        <translation>文件无法读写</translation>
    </message>
    <message>
        <source>Check the disk and its permissions.</source>
        <translation>检查磁盘及其权限。</translation>
    </message>
    <message>
        <source>The station contradicts itself</source>
        <translation>工站自相矛盾</translation>
    </message>
    <message>
        <source>PASS</source>
        <comment>verdict, as large as the tile allows</comment>
        <translation>合格</translation>
    </message>
    <message>
        <source>FAIL</source>
        <comment>verdict: the board is bad</comment>
        <translation>不合格</translation>
    </message>
    <message>
        <source>ERROR</source>
        <comment>verdict: the station is in trouble</comment>
        <translation>故障</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <comment>verdict: a person stopped it</comment>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Reading the board</source>
        <comment>what the fixture does</comment>
        <translation>正在读取电路板</translation>
    </message>
    <message>
        <source>Making the key</source>
        <comment>what the fixture does</comment>
        <translation>正在生成密钥</translation>
    </message>
    <message>
        <source>Issuing</source>
        <comment>what the fixture does: the HSM signs or derives</comment>
        <translation>正在签发</translation>
    </message>
    <message>
        <source>Writing to the board</source>
        <comment>what the fixture does</comment>
        <translation>正在写入电路板</translation>
    </message>
    <message>
        <source>Restart and proof</source>
        <comment>what the fixture does</comment>
        <translation>重启并验证</translation>
    </message>
    <message>
        <source>Recording</source>
        <comment>what the fixture does</comment>
        <translation>正在记录</translation>
    </message>
    <message>
        <source>Locking the board</source>
        <comment>what the fixture does</comment>
        <translation>正在锁定电路板</translation>
    </message>
    <message>
        <source>Setting the old one aside</source>
        <comment>what the fixture does: its identity is void</comment>
        <translation>正在作废旧的身份</translation>
    </message>
    <message>
        <source>Certificate</source>
        <comment>how devices of a batch show who they are</comment>
        <translation>证书</translation>
    </message>
    <message>
        <source>SAS key</source>
        <comment>how devices of a batch show who they are</comment>
        <translation>SAS 密钥</translation>
    </message>
    <message>
        <source>Imported key</source>
        <comment>how devices of a batch show who they are: a SAS key that the cloud made</comment>
        <translation>导入的密钥</translation>
    </message>
    <message>
        <source>%1.%2 s</source>
        <comment>seconds and tenths</comment>
        <translation>%1.%2 秒</translation>
    </message>
    <message>
        <source>%1:%2 min</source>
        <comment>minutes and seconds</comment>
        <translation>%1:%2 分</translation>
    </message>
    <message>
        <source>This fixture is stopped: its boards failed alike, one after the other</source>
        <translation>该工位已停用：其电路板接连出现相同故障</translation>
    </message>
    <message>
        <source>Check its contacts, its cable and the boards, then press Take up again.</source>
        <translation>检查触点、电缆和电路板，然后按“恢复使用”。</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>state of a batch</comment>
        <translation>开放</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>state of a batch</comment>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Closed for good</source>
        <comment>state of a batch</comment>
        <translation>已永久关闭</translation>
    </message>
    <message>
        <source>A part of the barcode did not arrive</source>
        <translation>条码有一部分未收到</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again, and hold still until it beeps.</source>
        <translation>请重新扫描电路板标签，听到提示音前保持不动。</translation>
    </message>
    <message>
        <source>A character of the barcode was misread</source>
        <translation>条码中有一个字符读错</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again; set the board aside if its label is damaged.</source>
        <translation>请重新扫描电路板标签；如标签损坏，请将电路板放到一边。</translation>
    </message>
    <message>
        <source>This barcode is not the one that the line is set up for</source>
        <translation>生产线未设置为使用此条码</translation>
    </message>
    <message>
        <source>Scan the board&apos;s own label.</source>
        <translation>请扫描电路板自己的标签。</translation>
    </message>
    <message>
        <source>The same barcode came twice</source>
        <translation>同一条码收到了两次</translation>
    </message>
    <message>
        <source>Wait a moment; scan it again if nothing happens.</source>
        <translation>请稍候；如无反应，请重新扫描。</translation>
    </message>
    <message>
        <source>This badge is nobody&apos;s</source>
        <translation>此工牌不属于任何人</translation>
    </message>
    <message>
        <source>Scan it again, or have a supervisor add it.</source>
        <translation>请重新扫描，或请主管添加。</translation>
    </message>
    <message>
        <source>That name or badge is somebody&apos;s already</source>
        <translation>该姓名或工牌已属于他人</translation>
    </message>
    <message>
        <source>Take another one.</source>
        <translation>请换一个。</translation>
    </message>
    <message>
        <source>operator</source>
        <comment>a person&apos;s role</comment>
        <translation>操作员</translation>
    </message>
    <message>
        <source>supervisor</source>
        <comment>a person&apos;s role</comment>
        <translation>主管</translation>
    </message>
    <message>
        <source>auditor</source>
        <comment>a person&apos;s role</comment>
        <translation>审核员</translation>
    </message>
    <message>
        <source>This fixture waits for the label of its last board</source>
        <translation>此工位正在等待上一块电路板的标签</translation>
    </message>
    <message>
        <source>Put that label on the board and scan it.</source>
        <translation>请将该标签贴到电路板上并扫描。</translation>
    </message>
    <message>
        <source>Put it on that board, and scan it there.</source>
        <translation>请贴到那块电路板上，并在那里扫描。</translation>
    </message>
    <message>
        <source>The label printer does not answer</source>
        <translation>标签打印机没有应答</translation>
    </message>
    <message>
        <source>Check that it is on and its cable is in.</source>
        <translation>请检查电源和电缆。</translation>
    </message>
    <message>
        <source>The label printer is out of labels or ribbon</source>
        <translation>标签打印机缺少标签或碳带</translation>
    </message>
    <message>
        <source>Load it.</source>
        <translation>请装入。</translation>
    </message>
    <message>
        <source>The label printer is open</source>
        <translation>标签打印机已打开</translation>
    </message>
    <message>
        <source>Close it.</source>
        <translation>请关闭。</translation>
    </message>
    <message>
        <source>The label printer is paused</source>
        <translation>标签打印机已暂停</translation>
    </message>
    <message>
        <source>Press its pause button.</source>
        <translation>请按其暂停键。</translation>
    </message>
    <message>
        <source>The cloud does not answer</source>
        <translation>云端没有响应</translation>
    </message>
    <message>
        <source>Go on without it; call an engineer if this stays.</source>
        <translation>不用云端继续工作；若一直如此，请叫工程师。</translation>
    </message>
    <message>
        <source>The cloud refused</source>
        <translation>云端拒绝了</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>签名器</translation>
    </message>
    <message>
        <source>What certificates say</source>
        <translation>证书内容</translation>
    </message>
    <message>
        <source>HSM</source>
        <translation>HSM</translation>
    </message>
    <message>
        <source>What the HSM can do</source>
        <translation>HSM 的能力</translation>
    </message>
    <message>
        <source>Have an engineer choose other settings or another HSM.</source>
        <translation>请工程师更改设置或换用其他 HSM。</translation>
    </message>
    <message>
        <source>Primary CA</source>
        <translation>主 CA</translation>
    </message>
    <message>
        <source>Have a supervisor renew this CA&apos;s certificate.</source>
        <translation>请主管更新此 CA 的证书。</translation>
    </message>
    <message>
        <source>Secondary CA</source>
        <translation>备用 CA</translation>
    </message>
    <message>
        <source>Key for imported keys</source>
        <translation>保护导入密钥的密钥</translation>
    </message>
    <message>
        <source>Key of the audit log</source>
        <translation>审计日志的密钥</translation>
    </message>
    <message>
        <source>Every key once</source>
        <translation>每个密钥各用一次</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Scan the boards of interrupted units again.</source>
        <translation>重新扫描被中断单元的电路板。</translation>
    </message>
    <message>
        <source>Signer and journal agree</source>
        <translation>签名器与日志一致</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Have space freed on the disk.</source>
        <translation>请人清理磁盘空间。</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>Have the supervisor named in the configuration.</source>
        <translation>请人在配置中填写主管。</translation>
    </message>
    <message>
        <source>Label printer</source>
        <translation>标签打印机</translation>
    </message>
    <message>
        <source>Look after the printer.</source>
        <translation>检查打印机。</translation>
    </message>
    <message>
        <source>Fixtures</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>Have fixtures added to the configuration.</source>
        <translation>请人在配置中添加工位。</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Fixture %1</source>
        <translation>工位 %1</translation>
    </message>
    <message>
        <source>Check the fixture&apos;s cable.</source>
        <translation>检查工位的线缆。</translation>
    </message>
    <message>
        <source>Scanner %1</source>
        <translation>扫描器 %1</translation>
    </message>
    <message>
        <source>Plug the scanner in, or call an engineer.</source>
        <translation>插好扫描器，或呼叫工程师。</translation>
    </message>
    <message>
        <source>Scanners</source>
        <translation>扫描器</translation>
    </message>
    <message>
        <source>This takes a second supervisor</source>
        <translation>这需要第二位主管</translation>
    </message>
    <message>
        <source>Have another supervisor do it. Where there is none, an engineer enrols one.</source>
        <translation>请另一位主管来做。如果没有，请工程师登记一位。</translation>
    </message>
    <message>
        <source>%1.%2 %</source>
        <comment>a share in per cent and tenths</comment>
        <translation>%1.%2 %</translation>
    </message>
    <message>
        <source>This board cannot show what the batch requires</source>
        <translation>此板卡无法提供批次所要求的证明</translation>
    </message>
    <message>
        <source>Take another kind of board, or have a batch opened that asks for less.</source>
        <translation>请换用其他类型的板卡，或请人开立要求较低的批次。</translation>
    </message>
    <message>
        <source>The signer has a supervisor already</source>
        <translation>签名器已有主管</translation>
    </message>
    <message>
        <source>Have that one do it, or an engineer enrol another.</source>
        <translation>请由该主管来做，或请工程师登记另一位。</translation>
    </message>
    <message>
        <source>Registered</source>
        <comment>state of a device in the cloud</comment>
        <translation>已注册</translation>
    </message>
    <message>
        <source>Provisioned</source>
        <comment>state of a device in the cloud: it has connected</comment>
        <translation>已预配</translation>
    </message>
    <message>
        <source>Blocked</source>
        <comment>state of a device in the cloud</comment>
        <translation>已阻止</translation>
    </message>
    <message>
        <source>Missing</source>
        <comment>state of a device in the cloud: it is not there</comment>
        <translation>缺失</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::AuditController</name>
    <message>
        <source>Verifying every row</source>
        <comment>what is done with the audit log</comment>
        <translation>正在验证每条记录</translation>
    </message>
    <message>
        <source>%1 rows, gapless and unchanged. Nothing was signed yet.</source>
        <comment>the audit log</comment>
        <translation>%1 条记录，无缺口、未改动。尚未签名。</translation>
    </message>
    <message>
        <source>%1 rows, gapless and unchanged, as they were signed at row %2.</source>
        <comment>the audit log</comment>
        <translation>%1 条记录，无缺口、未改动，与第 %2 条时的签名一致。</translation>
    </message>
    <message>
        <source>Signing</source>
        <comment>what is done with the audit log</comment>
        <translation>正在签名</translation>
    </message>
    <message>
        <source>%1 rows stand under a signed checkpoint now.</source>
        <comment>the audit log</comment>
        <translation>现有 %1 条记录在已签名的检查点之下。</translation>
    </message>
    <message>
        <source>Writing a copy. Leave the stick in.</source>
        <comment>what is done with the audit log</comment>
        <translation>正在写入副本。请勿拔出 U 盘。</translation>
    </message>
    <message>
        <source>The log and its checkpoint are in %1, and were verified there.</source>
        <comment>%1: a file</comment>
        <translation>日志和检查点在 %1 中，已在那里验证。</translation>
    </message>
    <message>
        <source>Everything</source>
        <comment>rows of the audit log</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>Units</source>
        <comment>rows of the audit log</comment>
        <translation>单元</translation>
    </message>
    <message>
        <source>Batches</source>
        <comment>rows of the audit log</comment>
        <translation>批次</translation>
    </message>
    <message>
        <source>People</source>
        <comment>rows of the audit log</comment>
        <translation>人员</translation>
    </message>
    <message>
        <source>Signatures</source>
        <comment>rows of the audit log</comment>
        <translation>签名</translation>
    </message>
    <message>
        <source>%1 rows; none is under a signature yet</source>
        <comment>the audit log</comment>
        <translation>%1 条记录；尚未签名</translation>
    </message>
    <message>
        <source>%1 rows; signed up to row %2</source>
        <comment>the audit log</comment>
        <translation>%1 条记录；已签名至第 %2 条</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::AuthorityController</name>
    <message>
        <source>Passphrase of %1</source>
        <comment>%1: a supervisor</comment>
        <translation>%1 的口令</translation>
    </message>
    <message>
        <source>A passphrase for %1, of %2 characters or more, that nobody else knows</source>
        <comment>%1: a supervisor, %2: a number</comment>
        <translation>%1 的新口令，至少 %2 个字符，不得让他人知道</translation>
    </message>
    <message>
        <source>The same passphrase once more</source>
        <comment>a new passphrase is entered twice</comment>
        <translation>再次输入相同的口令</translation>
    </message>
    <message>
        <source>That is too short. A passphrase has %1 characters or more.</source>
        <comment>a new passphrase; %1: a number</comment>
        <translation>太短。口令至少要有 %1 个字符。</translation>
    </message>
    <message>
        <source>The two entries differ. Enter a new passphrase, and the same once more.</source>
        <comment>a new passphrase is entered twice</comment>
        <translation>两次输入不一致。请输入新口令，然后再输入一次。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::BatchController</name>
    <message>
        <source>Pausing</source>
        <comment>what is done with a batch</comment>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>It is paused: no board of it is begun.</source>
        <comment>a batch</comment>
        <translation>已暂停：不会开始新的板子。</translation>
    </message>
    <message>
        <source>Taking it up again</source>
        <comment>what is done with a batch</comment>
        <translation>正在继续</translation>
    </message>
    <message>
        <source>It is open again.</source>
        <comment>a batch</comment>
        <translation>已重新开放。</translation>
    </message>
    <message>
        <source>Closing</source>
        <comment>what is done with a batch</comment>
        <translation>正在关闭</translation>
    </message>
    <message>
        <source>It is closed for good. Hand it over now.</source>
        <comment>a batch</comment>
        <translation>已永久关闭。现在请移交。</translation>
    </message>
    <message>
        <source>Writing the manifest. Leave the stick in.</source>
        <comment>what is done with a batch</comment>
        <translation>正在写入清单。请勿拔出 U 盘。</translation>
    </message>
    <message>
        <source>The manifest is on the stick, and was read back and verified. The stick may be pulled out.</source>
        <comment>a batch</comment>
        <translation>清单已写入 U 盘并读回验证。可以拔出 U 盘。</translation>
    </message>
    <message>
        <source>Writing the manifest</source>
        <comment>what is done with a batch</comment>
        <translation>正在写入清单</translation>
    </message>
    <message>
        <source>The manifest is in %1, and was verified.</source>
        <comment>%1: a folder</comment>
        <translation>清单在 %1 中，已验证。</translation>
    </message>
    <message>
        <source>Recorded</source>
        <comment>a batch&apos;s fact: how many units</comment>
        <translation>已记录</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>recorded of ordered</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <comment>a batch&apos;s fact: units that wait for their board</comment>
        <translation>未解决</translation>
    </message>
    <message>
        <source>Voided</source>
        <comment>a batch&apos;s fact: how many units</comment>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>a batch&apos;s fact: how many jobs</comment>
        <translation>失败</translation>
    </message>
    <message>
        <source>Credential</source>
        <comment>a batch&apos;s fact: certificate or SAS key</comment>
        <translation>凭据</translation>
    </message>
    <message>
        <source>ID scope</source>
        <comment>a batch&apos;s fact: which cloud application it is for</comment>
        <translation>ID 范围</translation>
    </message>
    <message>
        <source>Device IDs</source>
        <comment>a batch&apos;s fact: their pattern, or that they are listed</comment>
        <translation>设备 ID</translation>
    </message>
    <message>
        <source>from a list</source>
        <comment>a batch&apos;s device IDs</comment>
        <translation>来自列表</translation>
    </message>
    <message>
        <source>May issue</source>
        <comment>a batch&apos;s fact: the cap</comment>
        <translation>可签发</translation>
    </message>
    <message>
        <source>%1, %2 of them spare</source>
        <comment>%1: how many in all</comment>
        <translation>%1，其中备用 %2</translation>
    </message>
    <message>
        <source>Opened</source>
        <comment>a batch&apos;s fact: when and by whom</comment>
        <translation>创建</translation>
    </message>
    <message>
        <source>Stopped</source>
        <comment>a batch&apos;s fact: why the station paused it by itself</comment>
        <translation>已停止</translation>
    </message>
    <message>
        <source>In the cloud</source>
        <comment>a batch&apos;s fact: how many of its devices are in which state there</comment>
        <translation>云端状态</translation>
    </message>
    <message>
        <source>Sample</source>
        <comment>a batch&apos;s fact: how many units register with the cloud from the line</comment>
        <translation>抽样</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>units that register from the line, of every so many</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>void and not blocked %1</source>
        <comment>devices in the cloud; %1: how many</comment>
        <translation>已作废但未阻止 %1</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::BatchesController</name>
    <message>
        <source>No open batch is called %1.</source>
        <comment>%1: what was scanned</comment>
        <translation>没有名为 %1 的开放批次。</translation>
    </message>
    <message>
        <source>All is recorded, but not under a signature yet: %1. %2</source>
        <comment>%1: why, %2: what to do</comment>
        <translation>全部已记录，但尚未签名：%1。%2</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::CaController</name>
    <message>
        <source>It waits for its first certificate: keystamp ca request, then ca install.</source>
        <comment>a CA</comment>
        <translation>等待第一张证书：先 keystamp ca request，再 ca install。</translation>
    </message>
    <message>
        <source>It cannot be used: %1</source>
        <comment>%1: why</comment>
        <translation>无法使用：%1</translation>
    </message>
    <message>
        <source>Ready for when the other one ends.</source>
        <comment>a CA</comment>
        <translation>已就绪，待另一个到期时使用。</translation>
    </message>
    <message>
        <source>Roll to the other one now: leaves are cut short by its end.</source>
        <comment>a CA</comment>
        <translation>现在切换到另一个：新证书的有效期会因其到期而缩短。</translation>
    </message>
    <message>
        <source>Prepare the other one now; roll to it by %1.</source>
        <comment>a CA; %1: a date</comment>
        <translation>现在准备另一个；在 %1 之前切换过去。</translation>
    </message>
    <message>
        <source>Prepare the other one by %1; roll to it by %2.</source>
        <comment>a CA; %1, %2: dates</comment>
        <translation>在 %1 之前准备另一个；在 %2 之前切换过去。</translation>
    </message>
    <message>
        <source>it is over</source>
        <comment>a CA&apos;s life</comment>
        <translation>已过期</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <comment>a CA&apos;s life</comment>
        <translation>
            <numerusform>还剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Primary CA</source>
        <comment>a CA&apos;s slot</comment>
        <translation>主 CA</translation>
    </message>
    <message>
        <source>Secondary CA</source>
        <comment>a CA&apos;s slot</comment>
        <translation>备用 CA</translation>
    </message>
    <message>
        <source>%1: the portal&apos;s verification code</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1：门户的验证码</translation>
    </message>
    <message>
        <source>%1: where does its certificate go?</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1：证书写到哪里？</translation>
    </message>
    <message>
        <source>%1: where do the files go?</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>%1：文件写到哪里？</translation>
    </message>
    <message>
        <source>%1 for all new batches? Those that are open keep theirs. The cloud must have verified it before.</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>所有新批次都用%1？已打开的批次保持不变。云端必须先验证过它。</translation>
    </message>
    <message>
        <source>In the portal: add the CA&apos;s certificate, have a code generated for it, and enter that here.</source>
        <comment>how a CA is verified</comment>
        <translation>在门户中：添加该 CA 的证书，为其生成验证码，然后在此输入。</translation>
    </message>
    <message>
        <source>Verification code</source>
        <comment>the line of a CA&apos;s code</comment>
        <translation>验证码</translation>
    </message>
    <message>
        <source>This is no verification code.</source>
        <comment>a CA&apos;s code</comment>
        <translation>这不是验证码。</translation>
    </message>
    <message>
        <source>Writing. Leave the stick in.</source>
        <comment>a CA&apos;s files</comment>
        <translation>正在写入，请勿拔出 U 盘。</translation>
    </message>
    <message>
        <source>Writing</source>
        <comment>a CA&apos;s files</comment>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>%1 is written and read back. The stick may be pulled out; come back with the portal&apos;s code.</source>
        <comment>%1: a file</comment>
        <translation>%1 已写入并读回核对。可以拔出 U 盘；取得门户的验证码后再来。</translation>
    </message>
    <message>
        <source>%1 is written and read back. Come back with the portal&apos;s code.</source>
        <comment>%1: a file</comment>
        <translation>%1 已写入并读回核对。取得门户的验证码后再来。</translation>
    </message>
    <message>
        <source>%1 signs verification code %2</source>
        <comment>%1: primary or secondary CA, %2: a code</comment>
        <translation>%1 签署验证码 %2</translation>
    </message>
    <message>
        <source>%1 is signed, written and checked. Upload it in the portal by %2, and press Verify there.</source>
        <comment>%1: a file, %2: a date</comment>
        <translation>%1 已签名、写入并检查。请在 %2 之前上传到门户，并在那里点击验证。</translation>
    </message>
    <message>
        <source>The stick may be pulled out.</source>
        <comment>a CA&apos;s files</comment>
        <translation>可以拔出 U 盘。</translation>
    </message>
    <message>
        <source>%1 for all new batches</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>所有新批次使用%1</translation>
    </message>
    <message>
        <source>New batches get the %1 from now on.</source>
        <comment>%1: primary or secondary CA</comment>
        <translation>从现在起新批次使用%1。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ChecksModel</name>
    <message>
        <source>good</source>
        <comment>a line of the preflight</comment>
        <translation>正常</translation>
    </message>
    <message>
        <source>soon</source>
        <comment>a line of the preflight: good for today, to be seen to before long</comment>
        <translation>尽快</translation>
    </message>
    <message>
        <source>BAD</source>
        <comment>a line of the preflight: the shift must not start</comment>
        <translation>异常</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ExtensionController</name>
    <message>
        <source>%3 wants %1 units and %2 spare: %4. A second supervisor releases it.</source>
        <comment>%1, %2: how many in a batch, %3: a person, %4: why</comment>
        <translation>%3 申请 %1 个单元和 %2 个备用：%4。由第二位主管放行。</translation>
    </message>
    <message>
        <source>How many more, for the device IDs that it has</source>
        <comment>line of a longer batch</comment>
        <translation>为现有设备 ID 再增加多少</translation>
    </message>
    <message>
        <source>How many more</source>
        <comment>line of a longer batch</comment>
        <translation>再增加多少</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>line of a longer batch: the reason</comment>
        <translation>原因</translation>
    </message>
    <message>
        <source>How many more: a whole number.</source>
        <comment>what is wrong with a longer batch</comment>
        <translation>再增加多少：须为整数。</translation>
    </message>
    <message>
        <source>Write why, for the record.</source>
        <comment>what is wrong with a longer batch</comment>
        <translation>请写明原因，以便记录。</translation>
    </message>
    <message>
        <source>%1 more for batch %2: %3</source>
        <comment>%1: how many, %2: a batch, %3: why</comment>
        <translation>批次 %2 再增加 %1：%3</translation>
    </message>
    <message>
        <source>It waits for a second supervisor, who releases it here.</source>
        <comment>a longer batch</comment>
        <translation>等待第二位主管在此放行。</translation>
    </message>
    <message>
        <source>Release batch %1 for %2 units and %3 spare: %4</source>
        <comment>%1: a batch, %2, %3: how many, %4: why</comment>
        <translation>放行批次 %1：%2 个单元和 %3 个备用：%4</translation>
    </message>
    <message>
        <source>It is released.</source>
        <comment>a longer batch</comment>
        <translation>已放行。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::FiguresController</name>
    <message>
        <source>p50 %1 ms, p95 %2 ms</source>
        <comment>how long the HSM takes: half of its answers, and 95 of 100, come within so many milliseconds</comment>
        <translation>p50 %1 ms，p95 %2 ms</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::FirstRunController</name>
    <message>
        <source>Another badge for %1</source>
        <comment>a supervisor&apos;s act; %1: their name</comment>
        <translation>为 %1 更换工牌</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>line of the first supervisor</comment>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Badge: scan it</source>
        <comment>line of the first supervisor</comment>
        <translation>工牌：请扫描</translation>
    </message>
    <message>
        <source>ID scope of the cloud</source>
        <comment>line of a test unit</comment>
        <translation>云端的 ID 范围</translation>
    </message>
    <message>
        <source>A new station</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>新的工作站</translation>
    </message>
    <message>
        <source>The first supervisor</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>第一位主管</translation>
    </message>
    <message>
        <source>The scanner</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>扫描枪</translation>
    </message>
    <message>
        <source>The fixtures</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>工位</translation>
    </message>
    <message>
        <source>A test unit</source>
        <comment>title of a first run&apos;s step</comment>
        <translation>试验单元</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <comment>of a first run</comment>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Nobody has worked with this station yet. Four steps make it ready: its first supervisor, its scanner, its fixtures, and one unit to try it all with. After the first of them the rest can wait.</source>
        <comment>a first run</comment>
        <translation>还没有人使用过本站。四个步骤即可就绪：第一位主管、扫描枪、工位，以及一个用来试运行的单元。完成第一步后，其余步骤可以以后再做。</translation>
    </message>
    <message>
        <source>Supervisors open batches and decide about devices. Have at hand: a badge with a barcode, and a passphrase of %1 characters or more, which nobody can look up later.</source>
        <comment>a first run; %1: a number</comment>
        <translation>主管负责开放批次并决定设备的处理。请准备好：带条码的工牌，以及至少 %1 个字符的口令，口令以后无法查询。</translation>
    </message>
    <message>
        <source>%1 is enrolled. Was the badge scanned while the keyboard was set wrong? Scan it again here; else go on.</source>
        <comment>a first run; %1: a person</comment>
        <translation>%1 已登记。扫描工牌时键盘布局是否设置有误？若是，请在此重新扫描；否则请继续。</translation>
    </message>
    <message>
        <source>Scan the test code, then your badge: the bar above says your name. If it does not, put the keyboard right, go back and scan the badge anew.</source>
        <comment>a first run</comment>
        <translation>先扫描测试码，再扫描您的工牌：上方会显示您的姓名。如果没有显示，请纠正键盘布局，返回上一步并重新扫描工牌。</translation>
    </message>
    <message>
        <source>A fixture without a board is good. A red one says what to do.</source>
        <comment>a first run</comment>
        <translation>没有放电路板的工位也算正常。红色的工位会说明该做什么。</translation>
    </message>
    <message>
        <source>One board goes the whole way, as every board will. It keeps what it is given: take one that can be spared, or write the ID scope of your cloud and keep it. With the scope that stands here it connects nowhere.</source>
        <comment>a first run</comment>
        <translation>一块电路板将走完全部流程，与以后的每块板相同。写入的内容会保留在板上：请用一块可以舍弃的板，或填写您云端的 ID 范围并继续使用该板。用此处默认的范围，它不会连接到任何地方。</translation>
    </message>
    <message>
        <source>This station can issue nothing yet: its CA or group key is missing. Do this step later, by an ordinary batch.</source>
        <comment>a first run</comment>
        <translation>本站还不能签发：缺少 CA 或组密钥。请以后用普通批次完成这一步。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <comment>button: goes on to where the passphrase is entered</comment>
        <translation>口令</translation>
    </message>
    <message>
        <source>Go on</source>
        <comment>button: to the next step</comment>
        <translation>继续</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>button: ends the first run</comment>
        <translation>完成</translation>
    </message>
    <message>
        <source>Begin</source>
        <comment>button: opens the batch of a test unit</comment>
        <translation>开始</translation>
    </message>
    <message>
        <source>A board was left on its way. Its batch is paused: take it up again and scan that board again.</source>
        <comment>end of a test unit</comment>
        <translation>有一块电路板未完成。其批次已暂停：请恢复该批次并重新扫描那块板。</translation>
    </message>
    <message>
        <source>No board has passed. The batch is closed; begin once more.</source>
        <comment>end of a test unit</comment>
        <translation>没有电路板通过。批次已关闭；请重新开始。</translation>
    </message>
    <message>
        <source>%1 has passed, and its batch is closed: signer, journal and manifest agree.</source>
        <comment>end of a test unit; %1: a device ID</comment>
        <translation>%1 已通过，其批次已关闭：签名器、日志与清单一致。</translation>
    </message>
    <message>
        <source>First supervisor: %1</source>
        <comment>what the first passphrase is for; %1: a person</comment>
        <translation>第一位主管：%1</translation>
    </message>
    <message>
        <source>Batch %1: a unit to try the station with, for ID scope %2</source>
        <comment>%1, %2: what a supervisor opens</comment>
        <translation>批次 %1：一个用于试运行的单元，ID 范围 %2</translation>
    </message>
    <message>
        <source>The station is ready. From now on it is opened by a badge; keystamp person add brings in more people.</source>
        <comment>a first run</comment>
        <translation>本站已就绪。今后凭工牌打开；用 keystamp person add 添加其他人员。</translation>
    </message>
    <message>
        <source>A name has 1 to 64 characters, a badge&apos;s code 4 to 128 plain letters, digits and signs. Write the name, and scan the badge again.</source>
        <comment>a first run</comment>
        <translation>姓名为 1 到 64 个字符，工牌代码为 4 到 128 个普通字母、数字和符号。请填写姓名并重新扫描工牌。</translation>
    </message>
    <message>
        <source>An ID scope has 4 to 32 letters and digits. Write it as the cloud&apos;s overview page shows it.</source>
        <comment>a first run</comment>
        <translation>ID 范围为 4 到 32 个字母和数字。请按云端概览页上显示的填写。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LabelsController</name>
    <message>
        <source>Labels that wait: %1.</source>
        <translation>等待打印的标签：%1。</translation>
    </message>
    <message>
        <source>The label of %1 may have come out twice: throw one away.</source>
        <translation>%1 的标签可能打印了两张：请丢弃一张。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LifeModel</name>
    <message>
        <source>Recorded</source>
        <comment>a device&apos;s state</comment>
        <translation>已记录</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <comment>a device&apos;s state</comment>
        <translation>已报废</translation>
    </message>
    <message>
        <source>Void</source>
        <comment>a device&apos;s state</comment>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Begun</source>
        <comment>a device&apos;s state: nothing was issued yet</comment>
        <translation>已开始</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <comment>a device&apos;s state: interrupted, it waits for its board</comment>
        <translation>未决</translation>
    </message>
    <message>
        <source>Batch</source>
        <comment>a device&apos;s fact</comment>
        <translation>批次</translation>
    </message>
    <message>
        <source>Label</source>
        <comment>a device&apos;s fact: what was scanned</comment>
        <translation>标签</translation>
    </message>
    <message>
        <source>Board</source>
        <comment>a device&apos;s fact: UID, family, firmware</comment>
        <translation>电路板</translation>
    </message>
    <message>
        <source>Recorded</source>
        <comment>a device&apos;s fact: when, where</comment>
        <translation>已记录</translation>
    </message>
    <message>
        <source>Shown by</source>
        <comment>a device&apos;s fact: proof, digest, read-back or accepted</comment>
        <translation>验证方式</translation>
    </message>
    <message>
        <source>Key made by</source>
        <comment>a device&apos;s fact: board, station ...</comment>
        <translation>密钥来源</translation>
    </message>
    <message>
        <source>CA slot</source>
        <comment>a device&apos;s fact: primary or secondary</comment>
        <translation>CA 槽位</translation>
    </message>
    <message>
        <source>Replaces</source>
        <comment>a device&apos;s fact: SHA-256 of the certificate before</comment>
        <translation>替代</translation>
    </message>
    <message>
        <source>Begun</source>
        <comment>an event: a unit was reserved</comment>
        <translation>已开始</translation>
    </message>
    <message>
        <source>batch %1, label %2, board %3</source>
        <comment>where a unit was begun</comment>
        <translation>批次 %1，标签 %2，电路板 %3</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <comment>an event</comment>
        <translation>已报废</translation>
    </message>
    <message>
        <source>For rework</source>
        <comment>an event: voided, to be made anew</comment>
        <translation>待返工</translation>
    </message>
    <message>
        <source>Void</source>
        <comment>an event</comment>
        <translation>已作废</translation>
    </message>
    <message>
        <source>on %1</source>
        <comment>%1: a fixture</comment>
        <translation>工位 %1</translation>
    </message>
    <message>
        <source>on %1, by %2</source>
        <comment>%1: a fixture, %2: a person</comment>
        <translation>在 %1，由 %2</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::LineController</name>
    <message>
        <source>%1 is chosen.</source>
        <comment>%1: a fixture</comment>
        <translation>已选择 %1。</translation>
    </message>
    <message>
        <source>Scan the board on it.</source>
        <translation>请扫描其上的电路板。</translation>
    </message>
    <message>
        <source>%1 is on %2.</source>
        <comment>%1: what was scanned, %2: a fixture</comment>
        <translation>%1 在 %2 上。</translation>
    </message>
    <message>
        <source>The scan is longer than any label.</source>
        <translation>扫描内容比任何标签都长。</translation>
    </message>
    <message>
        <source>Scan the board&apos;s label again.</source>
        <translation>请重新扫描电路板标签。</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>%1: what was scanned, %2: why it is refused</comment>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>A fixture is still at work.</source>
        <translation>仍有工位在工作。</translation>
    </message>
    <message>
        <source>Wait for its verdict, then go back.</source>
        <translation>等待判定结果后再返回。</translation>
    </message>
    <message>
        <source>The label is on the board on %1.</source>
        <comment>%1: a fixture</comment>
        <translation>标签已贴在 %1 的电路板上。</translation>
    </message>
    <message>
        <source>Put the next board on.</source>
        <translation>请放上下一块电路板。</translation>
    </message>
    <message>
        <source>%1: %2 (%3).</source>
        <comment>%1: what was scanned, %2: why it is refused, %3: a fixture and its board</comment>
        <translation>%1：%2（%3）。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::NewBatchController</name>
    <message>
        <source>Name</source>
        <comment>line of a new batch</comment>
        <translation>名称</translation>
    </message>
    <message>
        <source>ID scope</source>
        <comment>line of a new batch</comment>
        <translation>ID 范围</translation>
    </message>
    <message>
        <source>Device IDs, {seq:06} is the number</source>
        <comment>line of a new batch: the pattern</comment>
        <translation>设备 ID，{seq:06} 是编号</translation>
    </message>
    <message>
        <source>First number</source>
        <comment>line of a new batch</comment>
        <translation>起始编号</translation>
    </message>
    <message>
        <source>How many</source>
        <comment>line of a new batch</comment>
        <translation>数量</translation>
    </message>
    <message>
        <source>Spare; empty: a tenth, at least 5</source>
        <comment>line of a new batch</comment>
        <translation>备用；留空：十分之一，至少 5</translation>
    </message>
    <message>
        <source>Batch %1: %2 units, %3 spare, for ID scope %4</source>
        <comment>%1 to %4: what a supervisor opens</comment>
        <translation>批次 %1：%2 个单元，%3 个备用，ID 范围 %4</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::PersonController</name>
    <message>
        <source>%1 was logged out: nothing was touched for a while.</source>
        <comment>%1: a person</comment>
        <translation>%1 已退出登录：一段时间没有操作。</translation>
    </message>
    <message>
        <source>%1 may be at this station no more.</source>
        <comment>%1: a person</comment>
        <translation>%1 不再有权使用本工位。</translation>
    </message>
    <message>
        <source>%1 is logged in.</source>
        <comment>%1: a person</comment>
        <translation>%1 已登录。</translation>
    </message>
    <message>
        <source>Log in</source>
        <comment>a supervisor&apos;s act: the passphrase lets them in</comment>
        <translation>登录</translation>
    </message>
    <message>
        <source>%1 has taken over from %2.</source>
        <comment>%1, %2: persons</comment>
        <translation>%1 已接替 %2。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::PreflightController</name>
    <message>
        <source>Checking</source>
        <comment>the preflight is not at its end</comment>
        <translation>正在检查</translation>
    </message>
    <message numerus="yes">
        <source>Not ready: %n check(s) are bad. Each line says what to do.</source>
        <comment>end of the preflight</comment>
        <translation>
            <numerusform>未就绪：%n 项检查异常。每行都说明了处理方法。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The station is ready. %n line(s) to see to soon.</source>
        <comment>end of the preflight</comment>
        <translation>
            <numerusform>工站就绪。有 %n 项需尽快处理。</numerusform>
        </translation>
    </message>
    <message>
        <source>The station is ready.</source>
        <comment>end of the preflight</comment>
        <translation>工站就绪。</translation>
    </message>
    <message>
        <source>The fixtures are ready.</source>
        <comment>end of the check of fixtures</comment>
        <translation>工位已就绪。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::ScanTrialController</name>
    <message>
        <source>Scan</source>
        <comment>what the scanner sent</comment>
        <translation>扫描内容</translation>
    </message>
    <message>
        <source>The scanner and the station&apos;s keyboard fit together.</source>
        <translation>扫描枪与工站键盘布局一致。</translation>
    </message>
    <message>
        <source>Now scan a board&apos;s label.</source>
        <translation>现在请扫描电路板标签。</translation>
    </message>
    <message>
        <source>Upper and lower case are exchanged.</source>
        <translation>大小写被颠倒。</translation>
    </message>
    <message>
        <source>Switch Caps Lock off, and scan the test code again.</source>
        <translation>请关闭大写锁定，然后重新扫描测试码。</translation>
    </message>
    <message>
        <source>Set the station&apos;s keyboard to US, or the scanner to the station&apos;s.</source>
        <translation>请将工站键盘布局设为 US，或将扫描枪设为工站的布局。</translation>
    </message>
    <message>
        <source>Test code</source>
        <comment>what the test code says</comment>
        <translation>测试码</translation>
    </message>
    <message>
        <source>The station&apos;s keyboard is none that scanners type on.</source>
        <translation>工站的键盘布局不是扫描枪所用的布局。</translation>
    </message>
    <message>
        <source>The station&apos;s keyboard is %1; the scanner types on US.</source>
        <comment>%1: a layout: de, fr, ...</comment>
        <translation>工站的键盘布局为 %1；扫描枪按 US 布局输入。</translation>
    </message>
    <message>
        <source>Barcode</source>
        <comment>what kind it is</comment>
        <translation>条码</translation>
    </message>
    <message>
        <source>This is the label of %1.</source>
        <comment>%1: a fixture</comment>
        <translation>这是 %1 的标签。</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>an engineer&apos;s detail</comment>
        <translation>原因</translation>
    </message>
    <message>
        <source>Board</source>
        <comment>the text that the station takes for the board</comment>
        <translation>电路板</translation>
    </message>
    <message>
        <source>Device ID</source>
        <translation>设备 ID</translation>
    </message>
    <message>
        <source>The station can use this scan.</source>
        <translation>工站可以使用此次扫描。</translation>
    </message>
    <message>
        <source>It is no device ID: a batch takes it as a serial number, or refuses it.</source>
        <translation>这不是设备 ID：批次会把它当作序列号，或予以拒绝。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::TilesModel</name>
    <message>
        <source>Not connected</source>
        <comment>a fixture whose cable is not there</comment>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Scan the board</source>
        <comment>for this fixture</comment>
        <translation>请扫描电路板</translation>
    </message>
    <message>
        <source>Put a board on</source>
        <translation>请放上电路板</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <comment>a rule refused the scan; no verdict on the board</comment>
        <translation>未接受</translation>
    </message>
    <message>
        <source>%1, %2 times in a row</source>
        <comment>%1: what went wrong with a board</comment>
        <translation>%1，连续 %2 次</translation>
    </message>
    <message>
        <source>Fixture stopped: check contacts, cable and boards.</source>
        <comment>beside a button Take up again</comment>
        <translation>工位已停用：检查触点、电缆和电路板。</translation>
    </message>
    <message>
        <source>Put the label on and scan it</source>
        <comment>on a fixture&apos;s tile, after PASS</comment>
        <translation>请贴上标签并扫描</translation>
    </message>
    <message>
        <source>Then the next board.</source>
        <comment>after: put the label on and scan it</comment>
        <translation>然后放下一块电路板。</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::UnitActController</name>
    <message>
        <source>Rework of %1: why?</source>
        <comment>%1: a device</comment>
        <translation>返工 %1：原因？</translation>
    </message>
    <message>
        <source>Scrapping of %1: why?</source>
        <comment>%1: a device</comment>
        <translation>报废 %1：原因？</translation>
    </message>
    <message>
        <source>Flash replaced or erased</source>
        <comment>a reason for rework</comment>
        <translation>闪存已更换或擦除</translation>
    </message>
    <message>
        <source>Board repaired</source>
        <comment>a reason for rework</comment>
        <translation>电路板已修理</translation>
    </message>
    <message>
        <source>Back from the customer</source>
        <comment>a reason for rework</comment>
        <translation>客户退回</translation>
    </message>
    <message>
        <source>Wrong firmware</source>
        <comment>a reason for rework</comment>
        <translation>固件错误</translation>
    </message>
    <message>
        <source>Board damaged</source>
        <comment>a reason for scrapping</comment>
        <translation>电路板损坏</translation>
    </message>
    <message>
        <source>Board cannot be repaired</source>
        <comment>a reason for scrapping</comment>
        <translation>电路板无法修理</translation>
    </message>
    <message>
        <source>Credential may be known to others</source>
        <comment>a reason for scrapping</comment>
        <translation>凭据可能已泄露</translation>
    </message>
    <message>
        <source>Quality sample, destroyed</source>
        <comment>a reason for scrapping</comment>
        <translation>质量样品，已销毁</translation>
    </message>
    <message>
        <source>Rework of %1: %2</source>
        <comment>%1: a device, %2: why</comment>
        <translation>返工 %1：%2</translation>
    </message>
    <message>
        <source>Scrapping of %1: %2</source>
        <comment>%1: a device, %2: why</comment>
        <translation>报废 %1：%2</translation>
    </message>
    <message>
        <source>%1 is void. Scan its label again in an open batch and it is made anew; a locked board must be erased before.</source>
        <comment>%1: a device</comment>
        <translation>%1 已作废。在开放的批次中重新扫描其标签即可重新制作；已锁定的电路板须先擦除。</translation>
    </message>
    <message>
        <source>%1 is void, and its board is refused from now on.</source>
        <comment>%1: a device</comment>
        <translation>%1 已作废，其电路板今后将被拒绝。</translation>
    </message>
    <message>
        <source>Why</source>
        <comment>the line of another reason</comment>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>keystamp::viewmodel::UnitController</name>
    <message>
        <source>Never begun</source>
        <comment>no board was ever given this ID</comment>
        <translation>从未开始</translation>
    </message>
    <message>
        <source>It was also %1.</source>
        <comment>%1: other device IDs that a board or label had</comment>
        <translation>它还曾是 %1。</translation>
    </message>
    <message>
        <source>Its label is printed again.</source>
        <translation>正在重新打印其标签。</translation>
    </message>
    <message>
        <source>In the cloud</source>
        <comment>a device&apos;s fact: its state there, and when that was told</comment>
        <translation>云端状态</translation>
    </message>
</context>
</TS>
