# एक साथ कई बातचीत, और वह वजह जिससे बातचीत हल की जाती है।
many-begin = बातचीत चुनें
many-pick = { $name } को चुनें
many-title = चुनी हुई बातचीत
many-none = कुछ नहीं चुना गया
many-selected =
    { $count ->
        [one] { $count } चुनी गई
       *[other] { $count } चुनी गईं
    }
many-all = सभी { $count } चुनें
many-all-loaded = लोड हुई { $count } चुनें
many-rest = इस व्यू की और बातचीत लोड नहीं हुई हैं, इसलिए वे चुनी नहीं गईं।
many-clear = चुनाव हटाएँ
many-working = बातचीत बदली जा रही हैं
many-snooze-title = चुनी हुई बातचीत स्नूज़ करें
many-told-open =
    { $count ->
        [one] { $count } बातचीत फिर से खुली।
       *[other] { $count } बातचीत फिर से खुलीं।
    }
many-told-pending =
    { $count ->
        [one] { $count } बातचीत पेंडिंग की गई।
       *[other] { $count } बातचीत पेंडिंग की गईं।
    }
many-told-snoozed =
    { $count ->
        [one] { $count } बातचीत { $until } तक स्नूज़ की गई।
       *[other] { $count } बातचीत { $until } तक स्नूज़ की गईं।
    }
many-told-resolved =
    { $count ->
        [one] { $count } बातचीत हल हुई।
       *[other] { $count } बातचीत हल हुईं।
    }
many-told-assigned =
    { $count ->
        [one] { $count } बातचीत { $member } को असाइन की गई।
       *[other] { $count } बातचीत { $member } को असाइन की गईं।
    }
many-told-unassigned =
    { $count ->
        [one] { $count } बातचीत अब किसी को असाइन नहीं।
       *[other] { $count } बातचीत अब किसी को असाइन नहीं।
    }
many-told-labelled =
    { $count ->
        [one] { $count } बातचीत पर लेबल “{ $label }” लगाया गया।
       *[other] { $count } बातचीत पर लेबल “{ $label }” लगाया गया।
    }
many-told-unlabelled =
    { $count ->
        [one] { $count } बातचीत से लेबल “{ $label }” हटाया गया।
       *[other] { $count } बातचीत से लेबल “{ $label }” हटाया गया।
    }
many-same =
    { $count ->
        [one] बदलने को कुछ नहीं: बातचीत पहले से ऐसी ही है।
       *[other] बदलने को कुछ नहीं: { $count } बातचीत पहले से ऐसी ही हैं।
    }
many-undone =
    { $count ->
        [one] { $count } बातचीत पहले जैसी है।
       *[other] { $count } बातचीत पहले जैसी हैं।
    }
# कुछ क्यों नहीं बदलीं: “12 में से 3 …”।
many-refused-new =
    { $count ->
        [one] { $of } में से { $count } नहीं बदली: ग्राहक ने अभी-अभी लिखा है।
       *[other] { $of } में से { $count } नहीं बदलीं: ग्राहकों ने अभी-अभी लिखा है।
    }
many-refused-full =
    { $count ->
        [one] { $of } में से { $count } नहीं बदली: उस पर जितने लेबल हो सकते हैं, उतने हो चुके हैं।
       *[other] { $of } में से { $count } नहीं बदलीं: उन पर जितने लेबल हो सकते हैं, उतने हो चुके हैं।
    }
many-refused-since =
    { $count ->
        [one] { $of } में से { $count } नहीं बदली: इस बीच किसी ने उसे बदल दिया है।
       *[other] { $of } में से { $count } नहीं बदलीं: इस बीच किसी ने उन्हें बदल दिया है।
    }
many-refused-missing =
    { $count ->
        [one] { $of } में से { $count } नहीं बदली: वह अब यहाँ नहीं है।
       *[other] { $of } में से { $count } नहीं बदलीं: वे अब यहाँ नहीं हैं।
    }
many-failed =
    { $count ->
        [one] { $of } में से { $count } पहले जैसी ही है। { $why }
       *[other] { $of } में से { $count } पहले जैसी ही हैं। { $why }
    }

reason-menu = वजह के साथ हल करें…
reason-title = वजह के साथ हल करें
reason-label = वजह (ज़रूरी नहीं)
reason-hint = टीम के लिए, ज़्यादा से ज़्यादा 200 अक्षर। ग्राहक को यह नहीं दिखता।

keys-resolve-reason = वजह के साथ हल करें
keys-select = बातचीत चुनें, या चुनाव हटाएँ
keys-select-range = इस बातचीत तक सब चुनें
keys-select-none = चुनाव हटाएँ
