# खाते: रजिस्टर करना, लॉग इन करना, अपनी सेटिंग।
field-name = आपका नाम
field-email = ईमेल पता
field-password = पासवर्ड
field-current-password = मौजूदा पासवर्ड
field-new-password = नया पासवर्ड
password-show = पासवर्ड दिखाएँ
password-hide = पासवर्ड छिपाएँ
hint-password =
    { $least ->
        [one] कम से कम { $least } अक्षर। कुछ शब्द याद रखना चिह्नों से आसान होता है।
       *[other] कम से कम { $least } अक्षर। कुछ शब्द याद रखना चिह्नों से आसान होता है।
    }
error-password =
    { $least ->
        [one] कम से कम { $least } अक्षर लिखें, और एक ही अक्षर बार-बार नहीं।
       *[other] कम से कम { $least } अक्षर लिखें, और एक ही अक्षर बार-बार नहीं।
    }
error-name = ज़्यादा से ज़्यादा 80 अक्षरों का नाम लिखें।
error-email = ईमेल पता लिखें, जैसे ana@example.com।

register-submit = खाता बनाएँ
welcome-title = Charla में आपका स्वागत है
welcome-lead = यह इंस्टॉलेशन नया है। पहला खाता ही इसका मालिक होगा।
welcome-next = इसके बाद: एक वर्कस्पेस, जिसके नकली ग्राहक ने आपको अभी-अभी मैसेज किया है।
login-title = लॉग इन करें
login-submit = लॉग इन करें
login-by-invite = अभी तक खाता नहीं है? अपने वर्कस्पेस के एडमिन से आमंत्रण लिंक माँगें।
logout = लॉग आउट करें
logout-waiting = कुछ मैसेज अभी भेजे जाने के इंतज़ार में हैं। अभी लॉग आउट करने पर वे खो जाएँगे। फिर भी लॉग आउट करें?

account-title = मेरा खाता
account-about = मेरे बारे में
account-preferences = भाषा और थीम
account-password = पासवर्ड
account-password-text = इसे बदलने पर आप अपने दूसरे ब्राउज़रों से लॉग आउट हो जाएँगे।
account-password-submit = पासवर्ड बदलें
sessions-title = लॉग इन किए हुए ब्राउज़र
sessions-text = जिसे आप नहीं पहचानते उसे लॉग आउट करें, फिर अपना पासवर्ड बदलें।
sessions-unknown = अनजान ब्राउज़र
sessions-from = { $address } से
sessions-current = यह ब्राउज़र
sessions-end = लॉग आउट करें
