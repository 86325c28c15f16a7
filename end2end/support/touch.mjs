// What a finger needs of a page: controls that are large enough, nothing to the side, nothing under the bar.

/** A phone with a finger instead of a pointer. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/**
 * What is wrong for a finger on the page that is on screen, one line each; empty when nothing is. A control may be larger
 * than it looks: what counts is where a touch reaches it. Links within a sentence may be smaller (WCAG 2.5.5, inline).
 * What scrolls is scrolled through, but for the list and the thread, which load while one scrolls.
 */
export async function hindrances(page) {
  return page.evaluate(async () => {
    const LEAST = 44;
    const found = new Set();
    const under = new Set();
    const rail = document.querySelector(".rail");
    const name = (element) => {
      const words = element.getAttribute("aria-label") || element.title || element.textContent.trim();
      return `${element.tagName.toLowerCase()}.${element.className} “${words.slice(0, 40)}”`;
    };
    const isInline = (element) => {
      if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
      return element.parentElement.textContent.trim().length > element.textContent.trim().length;
    };
    // A label is a part of its control: a tap on it does the same.
    const parts = (control) => [control, ...(control.labels ?? [])];
    const reaches = (control, x, y) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && parts(control).some((part) => part.contains(hit));
    };
    const look = () => {
      const controls = document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option]:not([aria-disabled=true]), [role=menuitem], [role=separator][tabindex]",
      );
      for (const control of controls) {
        if (!control.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
        const boxes = parts(control).map((part) => part.getBoundingClientRect());
        const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
        const width = Math.max(...boxes.map((box) => box.right)) - left;
        const height = Math.max(...boxes.map((box) => box.bottom)) - top;
        // For ears only, or for those who come by keyboard.
        if (width <= 2 || height <= 2) continue;
        const own = control.getBoundingClientRect();
        const [x, y] = [own.left + own.width / 2, own.top + own.height / 2];
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
        if (rail && !rail.contains(control) && rail.contains(document.elementFromPoint(x, y))) under.add(control);
        // What something else stands over is out of reach, and not meant to be in it.
        if (isInline(control) || !reaches(control, x, y)) continue;
        // Half a pixel is rounding.
        const far = LEAST / 2 - 0.5;
        const wide = width >= LEAST - 0.5 || (reaches(control, x - far, y) && reaches(control, x + far, y));
        const high = height >= LEAST - 0.5 || (reaches(control, x, y - far) && reaches(control, x, y + far));
        if (!(wide && high)) found.add(`${name(control)} has ${Math.round(width)} × ${Math.round(height)}`);
      }
    };
    look();
    for (const scroller of document.querySelectorAll("main, .contact")) {
      const before = scroller.scrollTop;
      for (let last = -1; last !== scroller.scrollTop; ) {
        last = scroller.scrollTop;
        scroller.scrollTop += scroller.clientHeight * 0.7;
        await new Promise(requestAnimationFrame);
        look();
      }
      scroller.scrollTop = before;
    }
    // What is cut off at the bar can be scrolled up; what cannot is out of reach.
    for (const control of under) {
      control.scrollIntoView({ block: "center", behavior: "instant" });
      const box = control.getBoundingClientRect();
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (control.isConnected && rail.contains(hit)) found.add(`${name(control)} lies under the bar`);
    }
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth + 1) found.add(`the page is ${root.scrollWidth} wide on ${innerWidth}`);
    const [main, bar] = [document.querySelector("main"), rail].map((element) => element?.getBoundingClientRect());
    if (main && bar && bar.height > 0 && main.bottom > bar.top + 1) found.add("the page lies under the bar");
    return [...found];
  });
}
