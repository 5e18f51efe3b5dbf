<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Allergen</name>
    <message>
        <source>peanut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shellfish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>egg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>milk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>soy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gluten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sesame</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>All day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By dish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All seen (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DishCard</name>
    <message>
        <source>Done: 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done: all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecallList</name>
    <message>
        <source>Recall a ticket</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Station</name>
    <message>
        <source>+{count} dishes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} more tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page {nth} / {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick a ticket first: press its number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On its way: not confirmed yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{dish} is on hold: press again to start it now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ticket} has changed: look, then press again to bump.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ticket} is on hold: there is nothing to bump yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{dish} is void.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{dish} is ready already. To take it back: Undo or Recall.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo: start {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo: ready {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo: bump {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo: bump {what} ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no ticket to recall.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} · {minutes} min ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No open tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for this machine&apos;s node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected · as of {at}, {time} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other machine answers: orders may be missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Online {up}/{count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: no answer for {count} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: no answer for {count} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} machines: no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets of {stations} are made here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>All day</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Ticket</name>
    <message>
        <source>Table {table}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dine-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takeaway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pickup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Courier {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pickup {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Covers {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rush {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch {nth}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recalled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+{time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also at: {stations}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {station} · started there: go and look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {station}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allergy: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Course {nth}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No station: whoever starts it has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{note}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cooking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Void</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>To do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1</source>
        <comment>tickets to do</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
