# बातचीत का हाल: स्थिति, किसे असाइन है, लेबल।
life-word-pending = पेंडिंग
life-word-snoozed = स्नूज़, इस समय तक:
life-word-resolved = हल हुई
life-status = स्थिति
life-resolve = हल करें
life-reopen = फिर से खोलें
life-open = अभी खोलें
life-pending = पेंडिंग करें
life-more = स्नूज़ और दूसरी स्थितियाँ
life-assign = असाइन करें
life-assignee = किसे असाइन है
life-assign-me = मैं ({ $name })
life-nobody = असाइन नहीं
life-labels = लेबल
life-undo = पहले जैसा करें
life-told-open = { $who }: फिर से खुली।
life-told-pending = { $who }: पेंडिंग की गई।
life-told-snoozed = { $who }: { $until } तक स्नूज़ की गई।
life-told-resolved = { $who }: हल हुई।
life-told-assigned = { $who }: { $member } को असाइन की गई।
life-told-unassigned = { $who }: अब किसी को असाइन नहीं।
life-told-labelled = { $who }: लेबल “{ $label }” लगाया गया।
life-told-unlabelled = { $who }: लेबल “{ $label }” हटाया गया।
life-failed = यह पहले जैसा ही है। { $why }
life-full = लेबल नहीं लगा: इस बातचीत पर जितने लेबल हो सकते हैं, उतने हो चुके हैं। पहले कोई एक हटाएँ।
life-missing = कुछ नहीं बदला: यह बातचीत अब यहाँ नहीं है।
life-new-message = { $who } ने अभी-अभी लिखा है, इसलिए बातचीत खुली रहती है।
life-changed-since = इस बीच किसी ने { $who } के साथ की बातचीत बदल दी है, इसलिए वह वैसी ही रहती है।
problem-inbox-not-assignable = इस सदस्य की भूमिका में ग्राहकों को जवाब नहीं दिया जा सकता। किसी और को चुनें।
problem-inbox-label-taken = इस नाम का लेबल पहले से है। दूसरा नाम चुनें, या वही लेबल इस्तेमाल करें।
problem-inbox-label-changed-since = आपके खोलने के बाद किसी ने यह लेबल बदल दिया। कुछ नहीं बदला गया; देखने के लिए फ़ॉर्म बंद करके फिर से खोलें।
problem-inbox-too-many-labels = इस वर्कस्पेस में जितने लेबल हो सकते हैं, उतने हो चुके हैं। पहले कोई एक हटाएँ।
problem-inbox-labels-full = इस बातचीत पर जितने लेबल हो सकते हैं, उतने हो चुके हैं। पहले कोई एक हटाएँ।

snooze-hours =
    { $count ->
        [one] { $count } घंटे में
       *[other] { $count } घंटे में
    }
snooze-tomorrow = कल
snooze-monday = सोमवार
snooze-week = एक हफ़्ते में
snooze-choose = कोई और दिन या समय…
snooze-title = बातचीत स्नूज़ करें
snooze-until = कब तक
snooze-do = स्नूज़ करें
snooze-wrong = आगे का कोई दिन और समय चुनें, ज़्यादा से ज़्यादा एक साल बाद का।

# लेबल की सेटिंग।
labels-title = लेबल
labels-list = सभी लेबल
labels-none = अभी कोई लेबल नहीं
labels-none-text = लेबल बताते हैं कि बातचीत किस बारे में है, ताकि वह फिर मिल सके। नीचे पहला लेबल बनाएँ।
labels-new = नया लेबल
labels-create = बनाएँ
labels-manage = लेबल मैनेज करें
labels-name = नाम
labels-name-wrong = नाम में 1 से 50 अक्षर होते हैं, जिनमें कम से कम एक दिखने वाला हो।
labels-colour = रंग
labels-save = सेव करें
labels-edit = “{ $label }” बदलें
labels-delete = “{ $label }” हटाएँ
labels-delete-ask =
    { $count ->
        [0] यह लेबल किसी बातचीत पर नहीं है। इसे वापस नहीं लाया जा सकता।
        [one] यह लेबल { $count } बातचीत पर है और उससे हट जाएगा। इसे वापस नहीं लाया जा सकता।
       *[other] यह लेबल { $count } बातचीत पर है और उनसे हट जाएगा। इसे वापस नहीं लाया जा सकता।
    }
labels-delete-yes = हमेशा के लिए हटाएँ
labels-delete-no = रहने दें
labels-deleted = लेबल “{ $label }” हटा दिया गया, सभी बातचीत से भी।
labels-used =
    { $count ->
        [0] किसी बातचीत पर नहीं
        [one] { $count } बातचीत पर
       *[other] { $count } बातचीत पर
    }
label-colour-grey = स्लेटी
label-colour-red = लाल
label-colour-orange = नारंगी
label-colour-yellow = पीला
label-colour-green = हरा
label-colour-teal = फ़िरोज़ी
label-colour-blue = नीला
label-colour-purple = बैंगनी
label-colour-pink = गुलाबी
