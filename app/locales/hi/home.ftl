# होम: वर्कस्पेस के आँकड़े।
home-title = होम
home-today = आज
home-active = आज की सक्रिय बातचीत
home-begun = आज की नई बातचीत
home-inbound = मिले मैसेज
home-outbound = भेजे गए मैसेज
home-wait-median = आज जवाब का समय, मीडियन
home-wait-most = आज जवाब का समय, 10 में से 9 इतने में
home-waiting = जवाब के इंतज़ार में
home-waiting-longest = सबसे लंबा इंतज़ार: { $time }
home-unread = न पढ़ी गई बातचीत
home-unread-show = इन्हें दिखाएँ
home-trend-yesterday = कल की तुलना में { $change }
home-trend-week = एक हफ़्ते पहले की तुलना में { $change }
home-trend-time = तुलना दिन के इसी समय से है।
home-seconds =
    { $large ->
        [one] { $large } सेकंड
       *[other] { $large } सेकंड
    }
home-minutes = { $large } मि॰
home-hours = { $large } घं॰ { $small } मि॰
home-days = { $large } दिन { $small } घं॰
home-longest = सबसे लंबे इंतज़ार में
home-longest-none = कोई जवाब के इंतज़ार में नहीं है।
home-loads = किसके पास कितनी खुली
home-loads-none = कोई खुली बातचीत नहीं है।
home-nobody = असाइन नहीं
home-activity = हाल की गतिविधि
home-activity-none = अभी कुछ नहीं: सभी बातचीत के नोट, असाइनमेंट और लेबल यहाँ दिखेंगे।
home-by-itself = Charla
home-did-note = ने नोट लिखा
home-did-assign = ने इसे { $name } को असाइन किया
home-did-unassign = ने असाइनमेंट हटाया
home-did-reopen = ने इसे फिर से खोला, क्योंकि ग्राहक ने लिखा
home-did-open = ने इसे खोला
home-did-pending = ने इसे पेंडिंग किया
home-did-snooze = ने इसे स्नूज़ किया
home-did-resolve = ने इसे हल किया
home-did-label = ने लेबल “{ $label }” लगाया
home-did-unlabel = ने लेबल “{ $label }” हटाया
home-volume = समय के साथ मैसेज
home-ranges = अवधि
home-range-today = आज
home-range-week = 7 दिन
home-range-month = 30 दिन
home-range-quarter = 90 दिन
home-point = { $when }: { $inbound } मिले, { $outbound } भेजे गए
home-table = तालिका में
home-hour = घंटा
home-day = दिन
home-export = CSV एक्सपोर्ट करें
home-stale = आँकड़े अपडेट नहीं हो सके; फिर कोशिश हो रही है।
