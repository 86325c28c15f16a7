# पेजों का ढाँचा, और उसके हिस्सों के शब्द।
frame-offline = आपके डिवाइस पर कनेक्शन नहीं है। जो दिख रहा है वह पुराना हो सकता है।
frame-reconnecting = कनेक्शन नहीं है। फिर कोशिश हो रही है; जो दिख रहा है वह पुराना हो सकता है।
frame-fold = केवल आइकन दिखाएँ
frame-unfold = नाम दिखाएँ
frame-unread = ({ $count })

toasts = इस पेज की सूचनाएँ
toast-dismiss = हटाएँ
dialog-close = बंद करें
picker-search = खोजें
picker-none = कुछ मेल नहीं खाता।
load-more = और दिखाएँ
error-unreachable = कनेक्शन नहीं है

preferences-density = लाइनों की दूरी
density-comfortable = आरामदायक
density-compact = कम

# नोटिफ़िकेशन और शॉर्टकट, हर डिवाइस के अलग।
account-device = इस डिवाइस पर
notify-desktop = डेस्कटॉप नोटिफ़िकेशन
notify-desktop-hint = जब ग्राहक लिखे और आप वह बातचीत न देख रहे हों।
notify-forbidden = ब्राउज़र यहाँ से नोटिफ़िकेशन नहीं आने देता। उसकी सेटिंग में इस पेज के लिए अनुमति दें।
notify-never = यह ब्राउज़र इस पते से नोटिफ़िकेशन नहीं दिखाता।
notify-sound = आवाज़
notify-sound-hint = दो हल्के सुर, उन्हीं मौकों पर।
notify-which = किन बातचीत के लिए
notify-which-all = सभी
notify-which-mine = मेरी
notify-which-none = कोई नहीं
notify-new-message = नया मैसेज
notify-and-others =
    { $others ->
        [one] { $name } और { $others } अन्य
       *[other] { $name } और { $others } अन्य
    }
shortcuts-switch = एक बटन वाले शॉर्टकट
shortcuts-switch-hint = जैसे इनबॉक्स में j और k। अगर आप बोलकर लिखते हैं या गलती से बटन दब जाते हैं, तो इन्हें बंद करें।
settings-title = सेटिंग
