# बातचीत की सूची।
list-views = व्यू
list-scope-mine = मेरी
list-scope-unassigned = असाइन नहीं
list-scope-all = सभी
list-count =
    { $count ->
        [one] { $count } बातचीत
       *[other] { $count } बातचीत
    }
list-news =
    { $count ->
        [one] { $count } नई
       *[other] { $count } नई
    }
list-narrow = फ़िल्टर और क्रम
list-narrow-ends-search = ये सूची को छाँटते हैं, खोज को नहीं: कुछ चुनने पर सूची फिर दिखती है।
list-narrowed = सूची के फ़िल्टर
list-take-off = हटाएँ: { $name }
list-clear = साफ़ करें
list-status = स्थिति
list-status-open = खुली
list-status-pending = पेंडिंग
list-status-snoozed = स्नूज़
list-status-resolved = हल हुई
list-status-any = कोई भी स्थिति
list-sort = क्रम
list-sort-newest = सबसे नई पहले
list-sort-oldest = सबसे पुरानी पहले
list-sort-waiting = सबसे लंबा इंतज़ार
list-channel = नंबर
list-channel-all = सभी नंबर
list-label = लेबल
list-label-all = सभी लेबल
list-unread = केवल न पढ़ी गई
list-save-name = इस व्यू को इस नाम से सेव करें
list-save = सेव करें
list-saved = व्यू “{ $name }” सेव हो गया।
list-view-menu = व्यू { $name }
list-rename = नाम बदलें
list-rename-title = व्यू का नाम बदलें
list-delete = हटाएँ
list-deleted = व्यू “{ $name }” हटा दिया गया।
list-undo = पहले जैसा करें
list-assigned = { $name } को असाइन
list-waited-minutes = { $count } मि॰
list-waited-hours = { $count } घं॰
list-waited-days =
    { $count ->
        [one] { $count } दिन
       *[other] { $count } दिन
    }
list-show-all = सभी खुली बातचीत दिखाएँ
list-none-all = कोई खुली बातचीत नहीं
list-none-all-text = जैसे ही कोई ग्राहक आपके नंबर पर लिखेगा, बातचीत यहाँ दिखेगी।
list-none-mine = आपको कुछ असाइन नहीं है
list-none-mine-text = “असाइन नहीं” में से कोई बातचीत लें, या किसी साथी के देने का इंतज़ार करें।
list-none-unassigned = हर बातचीत किसी के पास है
list-none-unassigned-text = नई बातचीत, जिसे किसी ने नहीं लिया, यहाँ दिखेगी।
list-none-unread = सब पढ़ा हुआ है
list-none-unread-text = हर मैसेज देखा जा चुका है। नए मैसेज यहाँ अपने-आप दिखेंगे।
list-none-waiting = कोई इंतज़ार में नहीं है
list-none-waiting-text = हर ग्राहक को जवाब मिल चुका है। जो आगे लिखेगा वह यहाँ दिखेगा, सबसे लंबे इंतज़ार वाला पहले।
list-none-snoozed = कुछ भी स्नूज़ नहीं है
list-none-snoozed-text = बातचीत को स्नूज़ करें, ताकि वह सही समय पर फिर दिखे।
list-none-narrowed = कुछ मेल नहीं खाता
list-none-narrowed-text = कोई बातचीत इन फ़िल्टरों से मेल नहीं खाती। और देखने के लिए कोई एक हटाएँ।
problem-inbox-too-many-views = आपके पास जितने सेव किए हुए व्यू हो सकते हैं, उतने हो चुके हैं। नया सेव करने के लिए कोई एक हटाएँ।
