# इंस्टॉलेशन के संचालकों के लिए।
quarantine-title = क्वारंटीन
quarantine-text = वेबहुक के वे हिस्से जिनका असर नहीं हो सका। इनमें से कुछ खोया नहीं है: जो रुकावट थी उसे ठीक करें, फिर इन्हें दोबारा चलाएँ।
quarantine-none = कुछ भी इंतज़ार में नहीं है
quarantine-none-text = हर वेबहुक का असर हो चुका है।
quarantine-none-here = यहाँ अब कुछ भी इंतज़ार में नहीं है।
quarantine-refresh = फिर से देखें
quarantine-reasons = ये क्यों रुके हैं
quarantine-reason = कारण
quarantine-count = अपडेट
quarantine-actions = क्या किया जा सकता है
quarantine-all = हर कारण वाले दिखाएँ
quarantine-updates = क्या रुका है
quarantine-updates-of = क्या रुका है: { $reason }
quarantine-whole = दोबारा चलाना और हटाना पूरी डिलीवरी पर लागू होता है। उसके जिस हिस्से का असर हो चुका है, उसका दोबारा नहीं होगा।
quarantine-part = अपनी डिलीवरी का हिस्सा { $number }
quarantine-pages = सूची के पेज
quarantine-newest = सबसे नए
quarantine-older = पुराने
quarantine-show = जो आया उसे दिखाएँ
quarantine-hide = जो आया उसे छिपाएँ
quarantine-raw = जो आया
quarantine-size =
    { $count ->
        [one] { $count } बाइट।
       *[other] { $count } बाइट।
    }
quarantine-cut = केवल शुरुआत दिखाई गई है।
quarantine-replay = दोबारा चलाएँ
quarantine-replay-all = सब दोबारा चलाएँ
quarantine-replaying =
    { $count ->
        [one] अब तक { $count } डिलीवरी दोबारा चलाई गई; और बाकी हैं।
       *[other] अब तक { $count } डिलीवरी दोबारा चलाई गईं; और बाकी हैं।
    }
quarantine-replayed =
    { $count ->
        [one] { $count } डिलीवरी दोबारा चलाई गई। जो फिर नहीं चल पाएगी, वह यहाँ लौट आएगी।
       *[other] { $count } डिलीवरी दोबारा चलाई गईं। जो फिर नहीं चल पाएँगी, वे यहाँ लौट आएँगी।
    }
quarantine-discard = हटा दें
quarantine-discard-title = हमेशा के लिए हटा दें?
quarantine-discard-text = इस डिलीवरी का जो हिस्सा रुका है, उसका असर कभी नहीं होगा: उसके मैसेज इनबॉक्स तक नहीं पहुँचेंगे। इसे वापस नहीं लाया जा सकता।
quarantine-discard-sure = हमेशा के लिए हटा दें
quarantine-keep = रहने दें
quarantine-discarded = डिलीवरी हटा दी गई।
quarantine-gone = यह अब इंतज़ार में नहीं है: इसे दोबारा चलाया या हटाया जा चुका है।

quarantine-reason-unknown-number = अनजान नंबर
quarantine-reason-unreadable = पढ़ा नहीं जा सका
quarantine-reason-not-a-delivery = वेबहुक डिलीवरी नहीं है
quarantine-reason-failed = डेटाबेस ने मना किया
quarantine-reason-group = ग्रुप का मैसेज
quarantine-reason-anonymous = बिना भेजने वाले के
quarantine-reason-foreign-app = दूसरे वर्कस्पेस के ऐप का हस्ताक्षर
quarantine-reason-foreign-account = दूसरे बिज़नेस खाते का नाम है
