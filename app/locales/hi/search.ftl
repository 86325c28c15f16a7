# सूची में खोज।
search-label = लोग और मैसेज खोजें
search-placeholder = खोजें
search-close = खोज बंद करें
search-loading = खोजा जा रहा है
search-results = क्या मिला
search-people = लोग
search-messages = मैसेज
search-us = आप
search-found =
    { $people ->
        [0] कोई व्यक्ति नहीं
        [one] { $people } व्यक्ति
       *[other] { $people } लोग
    }, { $messages ->
        [0] कोई मैसेज नहीं
        [one] { $messages } मैसेज
       *[other] { $messages } मैसेज
    }{ $more ->
        [yes] , और भी हैं।
       *[other] ।
    }
search-more = पुराने मैसेज
search-more-failed = पुराने मैसेज लोड नहीं हो सके। फिर से कोशिश करें।
search-none = कुछ नहीं मिला
search-none-text = कम शब्द लिखें, या किसी शब्द की शुरुआत। हर शब्द मैसेज में होना चाहिए।
search-recent = हाल की खोजें
search-forget = यह खोज भूल जाएँ
search-tip-words = आपके लिखे सभी शब्द मैसेज में होने चाहिए; मात्रा-चिह्न और छोटे-बड़े अक्षर से फ़र्क नहीं पड़ता।
search-tip-phrase = “उद्धरण चिह्नों में लिखे शब्द” साथ-साथ होने चाहिए।
search-tip-number = फ़ोन नंबर के एक हिस्से से लोग मिल जाते हैं: तीन अंक काफ़ी हैं।
problem-search-too-long = इस खोज में बहुत समय लग रहा है। एक शब्द और जोड़ें, या शब्द पूरे लिखें।

# Search in the open conversation.
find-title = इस बातचीत में खोजें
find-loading = खोजा जा रहा है…
find-none = कुछ नहीं मिला
find-at =
    { $more ->
        [yes] { $total } से ज़्यादा में से { $at }
       *[no] { $total } में से { $at }
    }
find-earlier = इससे पुराना नतीजा (Enter)
find-later = इससे नया नतीजा (Shift+Enter)
find-close = इस बातचीत की खोज बंद करें

# कमांड पैलेट।
palette-title = जाएँ, करें, खोजें
palette-label = कोई जगह, काम, व्यक्ति या मैसेज
palette-placeholder = कहाँ जाना है, या क्या करना है?
palette-recent = हाल में इस्तेमाल किए गए
palette-commands = जगहें और काम
palette-people = लोग
palette-messages = मैसेज
palette-none = कुछ मेल नहीं खाता। दूसरे अक्षर आज़माएँ।
palette-switch = { $name } पर जाएँ

# शॉर्टकट की सूची।
keys-title = कीबोर्ड शॉर्टकट
keys-everywhere = हर जगह
keys-inbox = इनबॉक्स में
keys-list = सूची में, जब फ़ोकस उस पर हो
keys-thread = बातचीत में, जब फ़ोकस उस पर हो
keys-writing = लिखते समय
keys-then = फिर
keys-palette = कहीं भी जाएँ, कुछ भी करें, किसी को भी खोजें
keys-search = लोग और मैसेज खोजें
keys-sheet = कीबोर्ड शॉर्टकट दिखाएँ
keys-go-home = होम पर जाएँ
keys-go-inbox = इनबॉक्स पर जाएँ
keys-go-contacts = संपर्कों पर जाएँ
keys-go-settings = सेटिंग पर जाएँ
keys-go-numbers = नंबरों पर जाएँ
keys-next = अगली बातचीत
keys-previous = पिछली बातचीत
keys-reply = जवाब दें
keys-note = नोट लिखें
keys-resolve = हल करें या फिर से खोलें
keys-snooze = स्नूज़ करें
keys-assign = असाइन करें
keys-label = लेबल लगाएँ
keys-assign-me = मुझे असाइन करें
keys-details = संपर्क दिखाएँ या छिपाएँ
keys-list-step = अगली या पिछली बातचीत, बिना खोले
keys-list-page = एक पेज पीछे या आगे
keys-list-ends = पहली या आखिरी बातचीत
keys-list-open = बातचीत खोलें
keys-thread-step = अगला या पिछला मैसेज
keys-thread-open = मैसेज के साथ क्या किया जा सकता है
keys-find = इस बातचीत में खोजें
keys-send = भेजें
keys-break = नई लाइन
keys-leave = फ़ील्ड से बाहर जाएँ
