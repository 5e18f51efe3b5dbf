<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Allergen</name>
    <message>
        <source>peanut</source>
        <translation>花生</translation>
    </message>
    <message>
        <source>nuts</source>
        <translation>坚果</translation>
    </message>
    <message>
        <source>shellfish</source>
        <translation>虾蟹贝类</translation>
    </message>
    <message>
        <source>fish</source>
        <translation>鱼类</translation>
    </message>
    <message>
        <source>egg</source>
        <translation>鸡蛋</translation>
    </message>
    <message>
        <source>milk</source>
        <translation>牛奶</translation>
    </message>
    <message>
        <source>soy</source>
        <translation>大豆</translation>
    </message>
    <message>
        <source>gluten</source>
        <translation>麸质</translation>
    </message>
    <message>
        <source>sesame</source>
        <translation>芝麻</translation>
    </message>
</context>
<context>
    <name>Arrangement</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Screen size</source>
        <translation>屏幕尺寸</translation>
    </message>
    <message>
        <source>Read from</source>
        <translation>观看距离</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>单子排列</translation>
    </message>
    <message>
        <source>Start by itself</source>
        <translation>自动开做</translation>
    </message>
    <message>
        <source>A digit</source>
        <translation>数字键</translation>
    </message>
    <message>
        <source>Slots above ten</source>
        <translation>第十格以后</translation>
    </message>
    <message>
        <source>Ready orders</source>
        <translation>做齐的单</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>{count} inches</source>
        <translation>{count} 英寸</translation>
    </message>
    <message>
        <source>{count} m away</source>
        <translation>{count} 米</translation>
    </message>
    <message>
        <source>the first {count} tickets</source>
        <translation>前 {count} 张单</translation>
    </message>
    <message>
        <source>usual</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>safe for the colour-blind</source>
        <translation>色弱友好</translation>
    </message>
    <message>
        <source>in columns, as high as needed</source>
        <translation>按列，高度随内容</translation>
    </message>
    <message>
        <source>in cells of one size</source>
        <translation>等大格子</translation>
    </message>
    <message>
        <source>nothing: by tap</source>
        <translation>不自动，点了才做</translation>
    </message>
    <message>
        <source>selects its ticket</source>
        <translation>选中那张单</translation>
    </message>
    <message>
        <source>bumps its ticket</source>
        <translation>直接划单</translation>
    </message>
    <message>
        <source>have no key</source>
        <translation>没有按键</translation>
    </message>
    <message>
        <source>stay where they are</source>
        <translation>留在原位</translation>
    </message>
    <message>
        <source>stand first</source>
        <translation>排在最前</translation>
    </message>
    <message>
        <source>0, then a digit</source>
        <translation>先按 0 再按数字</translation>
    </message>
    <message>
        <source>Change it until the bar is 10 cm long on the glass</source>
        <translation>调到这条线在屏幕上正好 10 厘米长</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>All day</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>By dish</source>
        <translation>按菜</translation>
    </message>
    <message>
        <source>All seen (%1)</source>
        <translation>全部已看（%1）</translation>
    </message>
    <message>
        <source>All seen</source>
        <translation>全部已看</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>找回</translation>
    </message>
</context>
<context>
    <name>Crossings</name>
    <message>
        <source>{ticket}: {dish} {said}</source>
        <translation>{ticket}：{dish}{said}</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>Undo: served {table}</source>
        <translation>撤销：{table} 上餐</translation>
    </message>
    <message>
        <source>Undo: hold {table}</source>
        <translation>撤销：{table} 叫起</translation>
    </message>
    <message>
        <source>Undo: fire {table}</source>
        <translation>撤销：{table} 起菜</translation>
    </message>
</context>
<context>
    <name>DishCard</name>
    <message>
        <source>Done: 1</source>
        <translation>完成 1 份</translation>
    </message>
    <message>
        <source>Done: all</source>
        <translation>全部完成</translation>
    </message>
</context>
<context>
    <name>Expo</name>
    <message>
        <source>Notices</source>
        <translation>提醒</translation>
    </message>
</context>
<context>
    <name>ExpoFoot</name>
    <message>
        <source>%1 (%2)</source>
        <comment>a button and how many</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>All seen</source>
        <translation>全部已看</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>找回</translation>
    </message>
    <message>
        <source>Rush</source>
        <translation>催菜</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>叫起</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>起菜</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>提醒</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>Go on (by itself in {count} s)</source>
        <translation>继续（{count} 秒后自动）</translation>
    </message>
    <message>
        <source>Passline: first start</source>
        <translation>Passline：第一次启动</translation>
    </message>
    <message>
        <source>How is this screen set up?</source>
        <translation>这块屏幕怎么摆放？</translation>
    </message>
    <message>
        <source>arrows: choose and change   ⏎: done</source>
        <translation>方向键：选择与调整   ⏎：好了</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Fire</source>
        <translation>起菜</translation>
    </message>
    <message>
        <source>All that waits</source>
        <translation>全部等叫的菜</translation>
    </message>
    <message>
        <source>What is to be cooked now?</source>
        <translation>现在起哪一批？</translation>
    </message>
    <message>
        <source>The first of these</source>
        <translation>先起第一批</translation>
    </message>
    <message>
        <source>Table or guest</source>
        <translation>桌号 / 客人</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>桌号</translation>
    </message>
    <message>
        <source>open</source>
        <translation>有单</translation>
    </message>
    <message>
        <source>Covers</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Guest&apos;s name</source>
        <translation>客人姓名</translation>
    </message>
    <message>
        <source>Phone, last four digits</source>
        <translation>手机尾号</translation>
    </message>
    <message>
        <source>such as 18:30</source>
        <translation>例如 18:30</translation>
    </message>
    <message>
        <source>Ready at</source>
        <translation>取餐时间</translation>
    </message>
    <message>
        <source>in {count} min</source>
        <translation>{count} 分钟后</translation>
    </message>
    <message>
        <source>Allergies</source>
        <translation>过敏 / 忌口</translation>
    </message>
    <message>
        <source>Another allergy</source>
        <translation>其他过敏</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>choose {count}</source>
        <translation>选 {count} 项</translation>
    </message>
    <message>
        <source>choose {least} to {most}</source>
        <translation>选 {least} 到 {most} 项</translation>
    </message>
    <message>
        <source>up to {count}</source>
        <translation>最多 {count} 项</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>菜名</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>重量</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>上菜批次</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>座位</translation>
    </message>
    <message>
        <source>When</source>
        <translation>什么时候做</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Tell the kitchen</source>
        <translation>通知后厨</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Usual notes</source>
        <translation>常用备注</translation>
    </message>
    <message>
        <source>Cook now</source>
        <translation>马上做</translation>
    </message>
    <message>
        <source>Hold until called</source>
        <translation>叫起</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Begun and not sent</source>
        <translation>还没送的单</translation>
    </message>
    <message>
        <source>New takeaway order</source>
        <translation>新开外带单</translation>
    </message>
    <message>
        <source>Dish not on the menu</source>
        <translation>菜单外的菜</translation>
    </message>
    <message>
        <source>Change the dish</source>
        <translation>改这道菜</translation>
    </message>
    <message>
        <source>Void the dish</source>
        <translation>退这道菜</translation>
    </message>
    <message>
        <source>Remove all that is not sent</source>
        <translation>清空未送的菜</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>WeChat Pay</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>Alipay</source>
        <translation>支付宝</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Due: {amount}</source>
        <translation>应付 {amount}</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>{amount} left to pay</source>
        <translation>还差 {amount}</translation>
    </message>
    <message>
        <source>Less than what is paid</source>
        <translation>少于付款金额</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>Change: {amount}</source>
        <translation>找零 {amount}</translation>
    </message>
    <message>
        <source>Take the payment</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Guest changed their mind</source>
        <translation>客人不要了</translation>
    </message>
    <message>
        <source>Ordered by mistake</source>
        <translation>点错了</translation>
    </message>
    <message>
        <source>Took too long</source>
        <translation>上菜太慢</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>估清了</translation>
    </message>
    <message>
        <source>Not as it should be</source>
        <translation>菜品有问题</translation>
    </message>
    <message>
        <source>Void: {dish}</source>
        <translation>退菜：{dish}</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>choose or write one</source>
        <translation>请选一个或写一个</translation>
    </message>
    <message>
        <source>In other words</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>The kitchen has begun: it will be told to stop.</source>
        <translation>后厨已经开做，会通知停做。</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count}（共 {all}）</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>退几份</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>退菜</translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Select the ticket with that number</source>
        <translation>选中该号的单</translation>
    </message>
    <message>
        <source>Bump the selected ticket</source>
        <translation>完成选中的单</translation>
    </message>
    <message>
        <source>Advance the selected dish</source>
        <translation>选中的菜推进一步</translation>
    </message>
    <message>
        <source>Dish before</source>
        <translation>上一个菜</translation>
    </message>
    <message>
        <source>Dish after</source>
        <translation>下一个菜</translation>
    </message>
    <message>
        <source>Ticket before</source>
        <translation>上一张单</translation>
    </message>
    <message>
        <source>Ticket after</source>
        <translation>下一张单</translation>
    </message>
    <message>
        <source>Recall the last ticket; again: list</source>
        <translation>找回上一单；再按：列表</translation>
    </message>
    <message>
        <source>List of bumped tickets</source>
        <translation>找回列表</translation>
    </message>
    <message>
        <source>Settings of this screen</source>
        <translation>这块屏幕的设置</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Page after</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>First ticket</source>
        <translation>第一张单</translation>
    </message>
    <message>
        <source>Last ticket</source>
        <translation>最后一张单</translation>
    </message>
    <message>
        <source>Mark as urgent</source>
        <translation>催菜标记</translation>
    </message>
    <message>
        <source>All-day totals</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>By dish / by ticket</source>
        <translation>按菜 / 按单</translation>
    </message>
    <message>
        <source>All on this page is seen</source>
        <translation>本页全部已看</translation>
    </message>
    <message>
        <source>This map</source>
        <translation>按键说明</translation>
    </message>
    <message>
        <source>中文 / English</source>
        <translation>中文 / English</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Search: initials, pinyin, name</source>
        <translation>搜菜：首字母、拼音、菜名</translation>
    </message>
    <message>
        <source>Search by number; after letters: take that result</source>
        <translation>按编号搜；输入字母后：选第几个</translation>
    </message>
    <message>
        <source>n of the next dish</source>
        <translation>下一道菜要 n 份</translation>
    </message>
    <message>
        <source>To another dish or line</source>
        <translation>换一道菜或一行</translation>
    </message>
    <message>
        <source>Add the dish; in the cart: change the line</source>
        <translation>加菜；在右侧：改这道菜</translation>
    </message>
    <message>
        <source>One more, one less</source>
        <translation>加一份、减一份</translation>
    </message>
    <message>
        <source>Remove the line; if sent: void it</source>
        <translation>删除未送的菜；已送的退菜</translation>
    </message>
    <message>
        <source>Between dishes and cart</source>
        <translation>菜单与右侧切换</translation>
    </message>
    <message>
        <source>Next category</source>
        <translation>下一类</translation>
    </message>
    <message>
        <source>Next page of dishes</source>
        <translation>下一页菜</translation>
    </message>
    <message>
        <source>Back; clear the search</source>
        <translation>返回；清空搜索</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>本页</translation>
    </message>
    <message>
        <source>Other language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>点单</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>桌台</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>叫起</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>起菜</translation>
    </message>
    <message>
        <source>Rush the dish or the order</source>
        <translation>催这道菜或整单</translation>
    </message>
    <message>
        <source>Void the dish</source>
        <translation>退菜</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>结账</translation>
    </message>
    <message>
        <source>Wishes, quantity, note of the dish</source>
        <translation>这道菜的做法、数量、备注</translation>
    </message>
    <message>
        <source>Table or guest</source>
        <translation>桌号 / 客人</translation>
    </message>
    <message>
        <source>Send to the kitchen; also Ctrl+Enter</source>
        <translation>下单·送后厨，也可用 Ctrl+Enter</translation>
    </message>
    <message>
        <source>Undo within 5 s</source>
        <translation>5 秒内撤销</translation>
    </message>
    <message>
        <source>Next guest, without a table</source>
        <translation>下一位客人（不坐桌）</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>MenuHead</name>
    <message>
        <source>Search dishes</source>
        <translation>搜：拼音 / 编号</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Got it</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>Order</name>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>起菜</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>叫起</translation>
    </message>
    <message>
        <source>Rush</source>
        <translation>催菜</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>退菜</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>点单</translation>
    </message>
    <message>
        <source>Nothing ordered yet</source>
        <translation>还没点菜</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>已下单</translation>
    </message>
    <message>
        <source>Fees included</source>
        <translation>含其他费用</translation>
    </message>
    <message>
        <source>This addition</source>
        <translation>本次加菜</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Still to pay</source>
        <translation>还要付</translation>
    </message>
    <message>
        <source>To give back</source>
        <translation>应退</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>结账</translation>
    </message>
    <message>
        <source>Send to kitchen</source>
        <translation>下单 · 送后厨</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>It is ready: it can&apos;t be changed any more.</source>
        <translation>这道菜已经做好，不能再改了。</translation>
    </message>
    <message>
        <source>Choose a dish of the order first.</source>
        <translation>请先在右侧选一道菜。</translation>
    </message>
    <message>
        <source>Choose a dish that was sent first.</source>
        <translation>请先选一道已下单的菜。</translation>
    </message>
    <message>
        <source>Nothing to send: all that is here was sent.</source>
        <translation>没有要送的菜：都已下单。</translation>
    </message>
    <message>
        <source>Nothing here can wait: it is being cooked.</source>
        <translation>没有可以叫起的菜：都已开做。</translation>
    </message>
    <message>
        <source>No dish waits to be called for.</source>
        <translation>没有等叫的菜。</translation>
    </message>
    <message>
        <source>Send or remove what is not sent first.</source>
        <translation>请先下单或删除未送的菜，再结账。</translation>
    </message>
    <message>
        <source>Nothing is due here.</source>
        <translation>这一单不用再付款。</translation>
    </message>
    <message>
        <source>There is no order yet to rush.</source>
        <translation>还没有下单，不用催。</translation>
    </message>
    <message>
        <source>There is no menu yet: import one.</source>
        <translation>还没有菜单：请先导入</translation>
    </message>
    <message>
        <source>No dish has this number.</source>
        <translation>没有这个编号的菜</translation>
    </message>
    <message>
        <source>Undo sending</source>
        <translation>撤销下单</translation>
    </message>
    <message>
        <source>Undo void</source>
        <translation>撤销退菜</translation>
    </message>
    <message>
        <source>Undo hold</source>
        <translation>撤销叫起</translation>
    </message>
    <message>
        <source>Undo fire</source>
        <translation>撤销起菜</translation>
    </message>
    <message>
        <source>Cooking has begun. Void the dish with a reason instead.</source>
        <translation>后厨已经开做。如要取消，请用退菜并写明原因。</translation>
    </message>
    <message>
        <source>Sent by mistake</source>
        <translation>下错单</translation>
    </message>
    <message>
        <source>taken {time}</source>
        <translation>{time} 下单</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>新单</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未送</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>送出中</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已下单</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>已上餐</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>等叫</translation>
    </message>
    <message>
        <source>Seat {name}</source>
        <translation>{name} 号座</translation>
    </message>
    <message>
        <source>{counter} added {time}</source>
        <translation>{counter} {time} 加</translation>
    </message>
    <message>
        <source>{counter} voided {time}</source>
        <translation>{counter} {time} 退</translation>
    </message>
    <message>
        <source>✓ {station} {time} received</source>
        <translation>✓ {station} {time} 收到</translation>
    </message>
    <message>
        <source>{time} shown</source>
        <translation>{time} 已显示</translation>
    </message>
    <message>
        <source>{time} seen</source>
        <translation>{time} 已看</translation>
    </message>
    <message>
        <source>{time} saved · {station} asked</source>
        <translation>{station} {time} 已保存 · 正在送</translation>
    </message>
    <message>
        <source>{station} has not received it for {count} s</source>
        <translation>{station} {count} 秒没收到</translation>
    </message>
    <message>
        <source>Not saved yet: being sent, nothing is lost</source>
        <translation>还没存好：正在送出，不会丢</translation>
    </message>
    <message>
        <source>“{name}”: not on the menu</source>
        <translation>“{name}”：菜单外的菜</translation>
    </message>
</context>
<context>
    <name>Pass</name>
    <message>
        <source>To do</source>
        <translation>待做</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>已上餐</translation>
    </message>
    <message>
        <source>No station</source>
        <translation>无档口</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>传菜口</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>在做</translation>
    </message>
    <message>
        <source>Food ready</source>
        <translation>有菜可上</translation>
    </message>
    <message>
        <source>{count}</source>
        <comment>orders</comment>
        <translation>{count} 单</translation>
    </message>
    <message>
        <source>{dishes} and {count} more</source>
        <translation>{dishes}等（还有 {count} 道）</translation>
    </message>
    <message>
        <source>{ticket}: {dishes} not ready. Again: serve all. Space: ready dishes.</source>
        <translation>{ticket}：{dishes} 还没好。再按一次：全部上餐；空格：先上好了的。</translation>
    </message>
    <message>
        <source>{dish} is not ready. Again within 2 s: serve it all the same.</source>
        <translation>{dish} 还没好。2 秒内再按一次：照样上餐。</translation>
    </message>
    <message>
        <source>{dish} is on hold: fire it. Again within 2 s: serve it all the same.</source>
        <translation>{dish} 在等叫：请按起菜。2 秒内再按一次：照样上餐。</translation>
    </message>
    <message>
        <source>{ticket} has changed: look, then press again to serve.</source>
        <translation>{ticket} 有改动：看过后再按一次上餐。</translation>
    </message>
    <message>
        <source>{dish} is void.</source>
        <translation>{dish} 已退。</translation>
    </message>
    <message>
        <source>{dish} is served. To take it back: Undo.</source>
        <translation>{dish} 已上餐。要收回：撤销。</translation>
    </message>
    <message>
        <source>{ticket}: nothing is on hold.</source>
        <translation>{ticket}：没有等叫的菜。</translation>
    </message>
    <message>
        <source>{ticket}: all of it is begun, nothing can be held.</source>
        <translation>{ticket}：都已开做，不能叫起。</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>叫起</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>起菜</translation>
    </message>
    <message>
        <source>Undo: served {what} ({count})</source>
        <translation>撤销：{what} 上餐（{count} 份）</translation>
    </message>
    <message>
        <source>Undo: hold {what}</source>
        <translation>撤销：叫起 {what}</translation>
    </message>
    <message>
        <source>Undo: fire {what}</source>
        <translation>撤销：起菜 {what}</translation>
    </message>
    <message>
        <source>{station}: no answer since {time}</source>
        <translation>{station}屏 {time} 起无应答</translation>
    </message>
    <message>
        <source>For {time} · nothing waits for it</source>
        <translation>已 {time} · 没有单在等它</translation>
    </message>
    <message>
        <source>For {time} · orders that wait for it: {orders}</source>
        <translation>已 {time} · 在等它的：{orders}</translation>
    </message>
    <message>
        <source>This screen&apos;s node: {text}</source>
        <translation>本屏节点：{text}</translation>
    </message>
    <message>
        <source>{ticket}: rush, time {nth}</source>
        <translation>{ticket}：催菜，第 {nth} 次</translation>
    </message>
    <message>
        <source>{ticket}: added {dishes}</source>
        <translation>{ticket}：加 {dishes}</translation>
    </message>
    <message>
        <source>{ticket}: void {dishes}</source>
        <translation>{ticket}：退 {dishes}</translation>
    </message>
    <message>
        <source>{ticket}: on hold {dishes}</source>
        <translation>{ticket}：叫起 {dishes}</translation>
    </message>
    <message>
        <source>{ticket}: fired {dishes}</source>
        <translation>{ticket}：起菜 {dishes}</translation>
    </message>
    <message>
        <source>{ticket}: {dish} changed</source>
        <translation>{ticket}：{dish} 有改动</translation>
    </message>
    <message>
        <source>{ticket}: taken back {dishes}</source>
        <translation>{ticket}：收回 {dishes}</translation>
    </message>
    <message>
        <source>{station} saw it {time}</source>
        <translation>{station} {time} 已看</translation>
    </message>
    <message>
        <source>{station} has it {time}</source>
        <translation>{station} {time} 已收到</translation>
    </message>
    <message>
        <source>{station}: not shown yet</source>
        <translation>{station}还没收到</translation>
    </message>
</context>
<context>
    <name>PassKeys</name>
    <message>
        <source>Select the order with that number</source>
        <translation>选中这个号的单</translation>
    </message>
    <message>
        <source>Serve the selected order</source>
        <translation>整单上餐</translation>
    </message>
    <message>
        <source>Serve the selected dish</source>
        <translation>选中的菜上餐</translation>
    </message>
    <message>
        <source>Order before</source>
        <translation>上一单</translation>
    </message>
    <message>
        <source>Order after</source>
        <translation>下一单</translation>
    </message>
    <message>
        <source>Hold: the selected dish, else the last course</source>
        <translation>叫起：选中的菜，否则最后一道</translation>
    </message>
    <message>
        <source>Fire: the selected dish, else the next course</source>
        <translation>起菜：选中的菜，否则下一道</translation>
    </message>
    <message>
        <source>Recall the last order; again: list</source>
        <translation>找回上一单；再按一次：列表</translation>
    </message>
    <message>
        <source>List of served orders</source>
        <translation>已上完的单</translation>
    </message>
    <message>
        <source>First order</source>
        <translation>第一单</translation>
    </message>
    <message>
        <source>Last order</source>
        <translation>最后一单</translation>
    </message>
    <message>
        <source>All on this page and all notices are seen</source>
        <translation>本页和提醒全部已看</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>提醒</translation>
    </message>
</context>
<context>
    <name>PaySheet</name>
    <message>
        <source>Give back %1</source>
        <translation>应退 %1</translation>
    </message>
    <message>
        <source>To pay %1</source>
        <translation>应付 %1</translation>
    </message>
    <message>
        <source>Paid: %1</source>
        <translation>实收：%1</translation>
    </message>
    <message>
        <source>Take the money</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Paying</name>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>WeChat Pay</source>
        <translation>微信支付</translation>
    </message>
    <message>
        <source>Alipay</source>
        <translation>支付宝</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>刷卡</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Change {amount}</source>
        <translation>找零 {amount}</translation>
    </message>
    <message>
        <source>{amount} are left to pay</source>
        <translation>还差 {amount}</translation>
    </message>
    <message>
        <source>Nothing is due</source>
        <translation>没有待付金额</translation>
    </message>
    <message>
        <source>No amount</source>
        <translation>金额不对</translation>
    </message>
    <message>
        <source>Type what was paid</source>
        <translation>请输入实收金额</translation>
    </message>
    <message>
        <source>More than is due: only cash gives change</source>
        <translation>超过应付金额：只有现金可以找零</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>Not connected · as of {at}, {time} ago</source>
        <translation>未连接 · 显示的是 {at} 的内容，{time} 前</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>No other machine answers: orders may be missing</source>
        <translation>其他机器都无应答，可能有单没到</translation>
    </message>
    <message>
        <source>Waiting for this machine&apos;s node</source>
        <translation>正在等待本机的节点</translation>
    </message>
    <message>
        <source>Online {up}/{count}</source>
        <translation>在线 {up}/{count}</translation>
    </message>
    <message>
        <source>{count} machines: no answer</source>
        <translation>{count} 台机器无应答</translation>
    </message>
    <message>
        <source>{name}: no answer for {count} s</source>
        <translation>{name} {count} 秒无应答</translation>
    </message>
    <message>
        <source>{name}: no answer for {count} min</source>
        <translation>{name} {count} 分钟无应答</translation>
    </message>
</context>
<context>
    <name>RecallList</name>
    <message>
        <source>Recall a ticket</source>
        <translation>找回一单</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Pass</source>
        <translation>传菜口</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>收银台</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>还不知道</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>档口</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>nothing heard yet</source>
        <translation>还没有消息</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>last word {time} ago</source>
        <translation>{time} 前最后有消息</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Orders as read by</source>
        <translation>订单读法版本</translation>
    </message>
    <message>
        <source>from a checkout</source>
        <translation>源码运行</translation>
    </message>
</context>
<context>
    <name>SettingsSheet</name>
    <message>
        <source>Settings of this screen</source>
        <translation>这块屏幕的设置</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Station</name>
    <message>
        <source>+{count} more</source>
        <translation>+{count} 道</translation>
    </message>
    <message>
        <source>More tickets: {count}</source>
        <translation>另有 {count} 单</translation>
    </message>
    <message>
        <source>Page {nth} / {count}</source>
        <translation>{nth} / {count} 页</translation>
    </message>
    <message>
        <source>Pick a ticket first: press its number.</source>
        <translation>请先选单：按它的号码。</translation>
    </message>
    <message>
        <source>There is no ticket {number}.</source>
        <translation>没有 {number} 号单。</translation>
    </message>
    <message>
        <source>On its way: not confirmed yet.</source>
        <translation>已发出，还没有确认。</translation>
    </message>
    <message>
        <source>{dish} is on hold: press again to start it now.</source>
        <translation>{dish}是等叫：再按一次现在就做。</translation>
    </message>
    <message>
        <source>{ticket} has changed: look, then press again to bump.</source>
        <translation>{ticket}有改动：看过后再按一次完成。</translation>
    </message>
    <message>
        <source>{ticket} is on hold: there is nothing to bump yet.</source>
        <translation>{ticket}都在等叫，还没有可完成的菜。</translation>
    </message>
    <message>
        <source>{dish} is void.</source>
        <translation>{dish}已退。</translation>
    </message>
    <message>
        <source>{dish} is ready already. To take it back: Undo or Recall.</source>
        <translation>{dish}已经完成。要退回请按撤销或找回。</translation>
    </message>
    <message>
        <source>Undo: start {what}</source>
        <translation>撤销 开始 {what}</translation>
    </message>
    <message>
        <source>Undo: ready {what}</source>
        <translation>撤销 完成 {what}</translation>
    </message>
    <message>
        <source>Undo: bump {what}</source>
        <translation>撤销 完成 {what}</translation>
    </message>
    <message>
        <source>Undo: bump {what} ({count})</source>
        <translation>撤销 完成 {what}（{count}）</translation>
    </message>
    <message>
        <source>There is no ticket to recall.</source>
        <translation>没有可以找回的单。</translation>
    </message>
    <message>
        <source>{time} · {minutes} min ago</source>
        <translation>{time} · {minutes} 分钟前</translation>
    </message>
    <message>
        <source>No open tickets</source>
        <translation>没有待做的单</translation>
    </message>
    <message>
        <source>Tickets of {stations} are made here</source>
        <translation>{stations}的单由这里代做</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待做</translation>
    </message>
    <message>
        <source>%1</source>
        <comment>tickets to do</comment>
        <translation>%1 单</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>近 1 小时</translation>
    </message>
    <message>
        <source>{count} dishes</source>
        <translation>{count} 道菜</translation>
    </message>
    <message>
        <source>Pick a dish first: arrow up or down.</source>
        <translation>请先选菜：按上下键。</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>All day</source>
        <translation>汇总</translation>
    </message>
</context>
<context>
    <name>TablePanel</name>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>上餐</translation>
    </message>
    <message>
        <source>Rush</source>
        <translation>催菜</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>叫起</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>起菜</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>结账</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>点单</translation>
    </message>
</context>
<context>
    <name>TableStrip</name>
    <message>
        <source>By waiting time</source>
        <translation>按等候时间</translation>
    </message>
    <message>
        <source>By area</source>
        <translation>按区域</translation>
    </message>
    <message>
        <source>✓ to serve   ◐ cooking   ‖ on hold   number: go to a table</source>
        <translation>✓ 可上   ◐ 制作中   ‖ 等叫   输入桌号可直接选桌</translation>
    </message>
</context>
<context>
    <name>Tables</name>
    <message>
        <source>Tables</source>
        <translation>桌台</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>在用</translation>
    </message>
    <message>
        <source>To serve</source>
        <translation>可上</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>待结账</translation>
    </message>
    <message>
        <source>Table {table}: none</source>
        <translation>没有 {table} 号桌</translation>
    </message>
    <message>
        <source>No dish here for that</source>
        <translation>这里没有可以这样做的菜</translation>
    </message>
    <message>
        <source>Nothing is to be paid here</source>
        <translation>这里没有待付金额</translation>
    </message>
    <message>
        <source>No table is in use</source>
        <translation>没有在用的桌台</translation>
    </message>
    <message>
        <source>↑</source>
        <comment>served</comment>
        <translation>上</translation>
    </message>
    <message>
        <source>×</source>
        <comment>void</comment>
        <translation>退</translation>
    </message>
    <message>
        <source>·</source>
        <comment>to do</comment>
        <translation>待</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>已上餐</translation>
    </message>
    <message>
        <source>Cooking</source>
        <translation>制作中</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>等叫</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>退菜</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待做</translation>
    </message>
    <message>
        <source>Free · {count} seats</source>
        <translation>空闲 · {count} 座</translation>
    </message>
    <message>
        <source>Free tables</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Other tables</source>
        <translation>其他桌</translation>
    </message>
    <message>
        <source>Takeaway and delivery</source>
        <translation>自取与外卖</translation>
    </message>
    <message>
        <source>All to be served</source>
        <translation>全部可上</translation>
    </message>
    <message>
        <source>{dish} and {count} more to be served</source>
        <translation>{dish}等 {total} 道可上</translation>
    </message>
    <message>
        <source>{dishes}: to be served</source>
        <translation>{dishes} 可上</translation>
    </message>
    <message>
        <source>To pay {amount}</source>
        <translation>待结账 {amount}</translation>
    </message>
    <message>
        <source>Just ordered, {stations} received</source>
        <translation>刚下单，{stations}已收到</translation>
    </message>
    <message>
        <source>Just ordered, on its way to the kitchen</source>
        <translation>刚下单，正送往后厨</translation>
    </message>
    <message>
        <source>{stations}: not received</source>
        <translation>{stations}没收到</translation>
    </message>
</context>
<context>
    <name>Ticket</name>
    <message>
        <source>Table {table}</source>
        <translation>{table} 号桌</translation>
    </message>
    <message>
        <source>Dine-in</source>
        <translation>堂食</translation>
    </message>
    <message>
        <source>QR</source>
        <translation>扫码</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>外卖</translation>
    </message>
    <message>
        <source>Takeaway</source>
        <translation>外带</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Pickup</source>
        <translation>自取</translation>
    </message>
    <message>
        <source>Courier {time}</source>
        <translation>骑手 {time} 到店</translation>
    </message>
    <message>
        <source>Pickup {time}</source>
        <translation>{time} 取</translation>
    </message>
    <message>
        <source>Due {time}</source>
        <translation>{time} 要</translation>
    </message>
    <message>
        <source>Covers {count}</source>
        <translation>{count} 位</translation>
    </message>
    <message>
        <source>Rush {count}</source>
        <translation>催 {count}</translation>
    </message>
    <message>
        <source>Batch {nth}</source>
        <translation>第 {nth} 批</translation>
    </message>
    <message>
        <source>Recalled</source>
        <translation>找回</translation>
    </message>
    <message>
        <source>in {time}</source>
        <translation>剩 {time}</translation>
    </message>
    <message>
        <source>+{time}</source>
        <translation>超 {time}</translation>
    </message>
    <message>
        <source>Also at: {stations}</source>
        <translation>同单还有：{stations}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>From {station} · started there: go and look</source>
        <translation>{station}的单 · 那边已开始做，去看一下</translation>
    </message>
    <message>
        <source>From {station}</source>
        <translation>{station}的单</translation>
    </message>
    <message>
        <source>Allergy: {names}</source>
        <translation>{names}过敏</translation>
    </message>
    <message>
        <source>Course {nth}</source>
        <translation>第 {nth} 道</translation>
    </message>
    <message>
        <source>No station: whoever starts it has it</source>
        <translation>未分档口：谁先做归谁</translation>
    </message>
    <message>
        <source>“{note}”</source>
        <translation>“{note}”</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>等叫</translation>
    </message>
    <message>
        <source>Cooking</source>
        <translation>制作中</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>退</translation>
    </message>
    <message>
        <source>On hold: {count} · {dishes}</source>
        <translation>等叫 {count} 道：{dishes}</translation>
    </message>
    <message>
        <source>{done} of {total} ready</source>
        <translation>已完成 {done}/{total}</translation>
    </message>
    <message>
        <source>Added {time}</source>
        <translation>加 {time}</translation>
    </message>
    <message>
        <source>Changed {time}</source>
        <translation>改 {time}</translation>
    </message>
    <message>
        <source>Fired {time}</source>
        <translation>起 {time}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>{where} ({person})</source>
        <translation>{where}（{person}）</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names}等 {total} 道菜</translation>
    </message>
    <message>
        <source>A step that this version does not know: {kind}</source>
        <translation>这个版本不认识的一步：{kind}</translation>
    </message>
    <message>
        <source>{said}, {station} saw it {time}</source>
        <translation>{said}，{station} {time} 已看</translation>
    </message>
    <message>
        <source>{said}, {station} received it {time}</source>
        <translation>{said}，{station} {time} 已收到</translation>
    </message>
    <message>
        <source>{stations} saw it</source>
        <translation>{stations} 已看</translation>
    </message>
    <message>
        <source>{stations} received it</source>
        <translation>{stations} 已收到</translation>
    </message>
    <message>
        <source>{dish}: {what}</source>
        <translation>{dish}：{what}</translation>
    </message>
    <message>
        <source>stored by {count} others, the first in {ms} ms</source>
        <translation>另有 {count} 台机器存下，最快 {ms} 毫秒</translation>
    </message>
    <message>
        <source>{who} ordered {count} dishes</source>
        <translation>{who} 下单 {count} 道菜</translation>
    </message>
    <message>
        <source>Added {dishes}</source>
        <translation>加菜 {dishes}</translation>
    </message>
    <message>
        <source>Changed {dish}</source>
        <translation>改 {dish}</translation>
    </message>
    <message>
        <source>Changed {dish}: {wishes}</source>
        <translation>改 {dish}：{wishes}</translation>
    </message>
    <message>
        <source>{station} began {dishes}</source>
        <translation>{station} 开始做 {dishes}</translation>
    </message>
    <message>
        <source>{station} closed its ticket</source>
        <translation>{station} 划单</translation>
    </message>
    <message>
        <source>{dishes} ready ({station})</source>
        <translation>{dishes} 完成（{station}）</translation>
    </message>
    <message>
        <source>{dishes} served ({who})</source>
        <translation>{dishes} 已上餐（{who}）</translation>
    </message>
    <message>
        <source>Void {dishes}</source>
        <translation>退菜 {dishes}</translation>
    </message>
    <message>
        <source>Void {dishes}: {reason}</source>
        <translation>退菜 {dishes}（{reason}）</translation>
    </message>
    <message>
        <source>{who} undid it: {dishes}</source>
        <translation>{who} 撤销：{dishes}</translation>
    </message>
    <message>
        <source>{who} took back {dishes}</source>
        <translation>{who} 找回 {dishes}</translation>
    </message>
    <message>
        <source>Rush, for the {nth}. time</source>
        <translation>第 {nth} 次催菜</translation>
    </message>
    <message>
        <source>Rush</source>
        <translation>催菜</translation>
    </message>
    <message>
        <source>Hold {dishes} ({who})</source>
        <translation>叫起 {dishes}（{who}）</translation>
    </message>
    <message>
        <source>Fire {dishes} ({who})</source>
        <translation>起菜 {dishes}（{who}）</translation>
    </message>
    <message>
        <source>{amount} paid, {method} ({who})</source>
        <translation>已付 {amount}，{method}（{who}）</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
</context>
</TS>
