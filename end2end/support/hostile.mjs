// Texts that are meant to break out of their place, and texts that are meant to break the layout.

/** Each would run if it were taken for anything but words: all of them call `hacked`. */
export const SCRIPTS = [
  `<script>hacked(1)</script>`,
  `"><script>hacked(2)</script>`,
  `<img src=x onerror=hacked(3)>`,
  `<svg onload=hacked(4)>`,
  `<svg><animate onbegin=hacked(5) attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.hacked(6)</script>">`,
  `<math><mtext></table><mglyph><style><img src=x onerror=hacked(7)>`,
  `</textarea><img src=x onerror=hacked(8)>`,
  `</title><img src=x onerror=hacked(9)>`,
  `</script><img src=x onerror=hacked(10)>`,
  `<!--<img src="--><img src=x onerror=hacked(11)>`,
  `javascript:hacked(12)`,
  `[click](javascript:hacked(13))`,
  `https://example.com/"onmouseover="hacked(14)`,
  `https://example.com/'><img src=x onerror=hacked(15)>`,
  `*<img src=x onerror=hacked(16)>* _<svg onload=hacked(17)>_ \`<b onclick=hacked(18)>\``,
  "```<script>hacked(19)</script>```",
  `> <img src=x onerror=hacked(20)>`,
  `data:text/html,<script>hacked(21)</script>`,
  `&lt;script&gt;hacked(22)&lt;/script&gt; &#60;img src=x onerror=hacked(23)&#62;`,
  `{{constructor.constructor('hacked(24)')()}} \${hacked(25)} #{hacked(26)}`,
  `<a href="java\tscript:hacked(27)">x</a>`,
  `\u003cimg src=x onerror=hacked(28)\u003e`,
  `<form action=javascript:hacked(29)><button>x`,
  `<style>@import 'javascript:hacked(30)';</style><link rel=stylesheet href=//evil.example/x.css>`,
  `<base href=//evil.example/><meta http-equiv=refresh content="0;url=javascript:hacked(31)">`,
];

const tower = "Z" + "\u0310\u0315\u033f\u035b\u0489".repeat(60) + "algo";
/** Each has made some product's layout fall apart. */
export const SHAPES = [
  tower,
  "Donaudampfschifffahrtsgesellschaftskapitän".repeat(30),
  "https://example.com/" + "a".repeat(1500),
  "\u202Egnp.exe\u202C and on",
  "مرحبا بالعالم hello مرحبا 123 شكرا",
  "שלום\u200f world \u200eשלום",
  "👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈🇧🇷".repeat(40),
  "नमस्ते दुनिया क्षत्रिय ".repeat(20),
  "สวัสดีชาวโลกภาษาไทยไม่มีช่องว่าง".repeat(20),
  "你好世界".repeat(200),
  "\u200b\u200c\u200d\ufeffinvisible\u2060",
  "one\n\n\n\n\n\n\n\n\n\ntwo",
  "𝓕𝓪𝓷𝓬𝔂 𝕋𝕖𝕩𝕥 ＦＵＬＬ ｗｉｄｔｈ",
  "%s %n %x {0} {{1}} ${x} '; DROP TABLE messages; --",
  "﷽".repeat(30),
  "\t\ttabs\tand   spaces",
];

/** Watches a page for code that runs and for content that its policy has refused. */
export async function watch(page) {
  const found = [];
  await page.exposeFunction("hacked", (which) => found.push(`ran: ${which}`));
  await page.exposeFunction("refused", (what) => found.push(`refused: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.refused(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  page.on("dialog", (dialog) => {
    found.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return found;
}
