// The phones: a list at the side, one of them in the hand. The address says which one (`/phones/<digits>?number=<id>`).
// Everything a person wrote is put in as text, never as markup.

const at = (id) => document.getElementById(id);
const digits = decodeURIComponent(location.pathname.match(/^\/phones\/([^/]+)$/)?.[1] ?? "").replace(/[^0-9]/g, "");
const address = new URLSearchParams(location.search);

let numbers = [];
let phones = [];
let number = address.get("number");
let name = address.get("name");
let messages = new Map();
let typingEnds;

const pretty = (phone) => `+${phone}`;
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** An element with a class and a text. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function time(iso) {
  const made = element("time", "", clock.format(new Date(iso)));
  made.dateTime = iso;
  return made;
}

/** Asks the simulator; a refusal becomes an error with its sentence. */
async function ask(path, body) {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, body === undefined ? {} : post);
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(content.error ?? `The simulator answered ${answer.status}.`), { status: answer.status });
  return content;
}

// The side.

function drawNumbers() {
  at("no-numbers").hidden = numbers.length > 0;
  at("numbers").replaceChildren(
    ...numbers.map((one) => {
      const item = element("li", "", one.verified_name);
      item.append(element("span", "preview", `${one.display_phone_number} · ${one.phone_number_id}`));
      return item;
    }),
  );
  for (const select of [at("business"), at("newcomer-number")]) {
    const chosen = select.value;
    select.replaceChildren(...numbers.map((one) => new Option(`${one.verified_name} (${one.display_phone_number})`, one.phone_number_id)));
    if (numbers.some((one) => one.phone_number_id === chosen)) select.value = chosen;
  }
  if (number) at("business").value = number;
}

function drawPhones() {
  at("no-phones").hidden = phones.length > 0;
  at("phones").replaceChildren(
    ...phones.map((one) => {
      const row = element("a", "row");
      row.href = `/phones/${one.phone}`;
      if (one.phone === digits) row.setAttribute("aria-current", "page");
      row.append(element("span", "name", one.name), time(one.last_active));
      row.append(element("span", "preview", one.last_message?.text ?? pretty(one.phone)));
      if (one.unread > 0 && one.phone !== digits) {
        const count = element("span", "unread", String(one.unread));
        count.append(element("span", "unseen", " unread"));
        row.append(count);
      }
      const item = element("li");
      item.append(row);
      return item;
    }),
  );
}

async function loadSide() {
  const [all, used] = await Promise.all([ask("/__sim/numbers"), ask("/__sim/phones")]);
  numbers = all.data;
  phones = used.data;
  // A thread is with the number of its last message; a new one with the number that was registered last.
  const mine = phones.find((one) => one.phone === digits);
  number ??= mine?.last_message?.phone_number_id ?? numbers[0]?.phone_number_id;
  drawNumbers();
  drawPhones();
}

let sideWaits;
/** Many changes at once are one look. */
function refreshSide() {
  sideWaits ??= setTimeout(() => {
    sideWaits = undefined;
    loadSide().catch(() => {});
  }, 150);
}

// The phone.

const TICKS = {
  customer: { accepted: ["🕓", "waiting for the business's server"], delivered: ["✓✓", "delivered"], read: ["✓✓", "read"] },
  business: { accepted: ["🕓", "on its way"], sent: ["🕓", "on its way"], delivered: ["", "unread"], read: ["", "read"] },
};

function bubble(message) {
  const made = element("div", `bubble ${message.author}`);
  made.dataset.id = message.id;
  if (message.status === "failed") made.classList.add("failed");
  if (message.author === "business" && ["accepted", "sent"].includes(message.status)) made.classList.add("underway");
  const quoted = message.reply_to && messages.get(message.reply_to);
  if (quoted) made.append(element("p", "quote", quoted.text));
  made.append(element("p", "", message.text));
  if (message.media) {
    const file = element("a", "", "Open the file");
    file.href = `/__sim/media/${encodeURIComponent(message.media)}`;
    made.append(file);
  }
  const meta = element("span", "meta");
  meta.append(time(message.at));
  if (message.status === "failed") {
    meta.append(` · not delivered: ${message.failure?.title ?? "unknown"} (${message.failure?.code ?? "?"})`);
  } else {
    const [sign, words] = TICKS[message.author][message.status] ?? ["", message.status];
    const ticks = element("span", message.status === "read" ? "read" : "");
    const signs = element("span", "", sign && ` ${sign}`);
    signs.ariaHidden = "true";
    ticks.append(signs, element("span", "unseen", ` ${words}`));
    meta.append(ticks);
  }
  made.append(meta);
  return made;
}

function show(message) {
  if (message.phone_number_id !== number) return;
  const thread = at("thread");
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  const isNew = !messages.has(message.id);
  messages.set(message.id, message);
  const before = [...thread.children].find((child) => child.dataset.id === message.id);
  if (before) before.replaceWith(bubble(message));
  else thread.append(bubble(message));
  if (isNew && message.author === "business") showTyping(false);
  if (atEnd) thread.scrollTop = thread.scrollHeight;
}

function drawOwner() {
  const known = phones.find((one) => one.phone === digits);
  const owner = known?.name ?? name ?? "New customer";
  at("owner").textContent = owner;
  at("owner-phone").textContent = pretty(digits);
  at("message").placeholder = `Message as ${owner} ${pretty(digits)}`;
  document.title = `${owner} · Charla simulator`;
}

async function loadThread() {
  const path = `/__sim/phones/${digits}${number ? `?number=${encodeURIComponent(number)}` : ""}`;
  const found = await ask(path).catch((error) => {
    // A phone that has never been used: its thread is empty.
    if (error.status === 404) return { messages: [] };
    throw error;
  });
  messages = new Map();
  at("thread").replaceChildren();
  drawOwner();
  for (const message of found.messages) show(message);
  at("thread").scrollTop = at("thread").scrollHeight;
  look();
}

/** A visible thread is a read thread. */
function look() {
  if (!digits || document.visibilityState !== "visible") return;
  const unread = [...messages.values()].some((one) => one.author === "business" && one.status === "delivered");
  if (unread) ask(`/__sim/phones/${digits}/read`, { number }).catch(() => {});
}

function showTyping(is) {
  clearTimeout(typingEnds);
  at("typing").textContent = is ? "typing…" : "";
  // Meta's typing indicator ends by itself after 25 seconds.
  if (is) typingEnds = setTimeout(() => showTyping(false), 25_000);
}

/** A file as the simulator takes it. What is neither picture, film nor sound is a document. */
async function enclosure(file, caption) {
  const kinds = [["image/webp", "sticker"], ["image/", "image"], ["video/", "video"], ["audio/", "audio"]];
  const type = kinds.find(([start]) => file.type.startsWith(start))?.[1] ?? "document";
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
  const mime_type = file.type || "application/octet-stream";
  return { type, mime_type, base64: url.slice(url.indexOf(",") + 1), filename: file.name, caption: caption.trim() || undefined };
}

// What people do.

at("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  await ready;
  const box = at("message");
  const text = box.value;
  const file = at("attachment").files[0];
  if (!text.trim() && !file) return;
  box.value = "";
  at("problem").textContent = "";
  try {
    const media = file && (await enclosure(file, text));
    const known = messages.size === 0 && name ? name : undefined;
    await ask(`/__sim/phones/${digits}/messages`, { number, text: media ? undefined : text, media, name: known });
    at("attachment").value = "";
  } catch (error) {
    // What was written is not lost, unless something else has been begun meanwhile.
    box.value ||= text;
    at("problem").textContent = error.message;
  }
});

at("message").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  at("composer").requestSubmit();
});

at("business").addEventListener("change", () => {
  number = at("business").value;
  const url = new URL(location.href);
  url.searchParams.set("number", number);
  history.replaceState(null, "", url);
  loadThread().catch(complain);
});

at("newcomer-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const given = new FormData(event.target);
  const phone = String(given.get("phone")).replace(/[^0-9]/g, "");
  if (phone.length < 7 || phone.length > 15 || phone.startsWith("0")) {
    at("newcomer-problem").textContent = "A phone number has 7 to 15 digits with its country code, such as +55 11 98765-4321.";
    at("newcomer-phone").focus();
    return;
  }
  const query = new URLSearchParams({ number: String(given.get("number")), name: String(given.get("name")).trim() });
  location.assign(`/phones/${phone}?${query}`);
});

document.addEventListener("visibilitychange", look);

// What happens.

function listen() {
  const stream = new EventSource("/__sim/events");
  let broken = false;
  stream.onopen = () => {
    at("connection").textContent = "";
    if (broken) reload();
    broken = false;
  };
  stream.onerror = () => {
    broken = true;
    at("connection").textContent = "The simulator cannot be reached; trying again…";
  };
  stream.onmessage = (event) => {
    const change = JSON.parse(event.data);
    if (change.type === "reload") return reload();
    if (change.phone === digits && change.type === "typing" && change.phone_number_id === number) showTyping(true);
    if (change.phone === digits && change.type === "message") {
      show(change.message);
      look();
    }
    if (change.type !== "typing") refreshSide();
  };
}

async function reload() {
  await loadSide();
  if (digits) await loadThread();
}

function complain(error) {
  at("connection").textContent = error.message;
}

if (digits) {
  document.body.dataset.phone = digits;
  at("nothing").hidden = true;
  at("phone").hidden = false;
  drawOwner();
}
const ready = reload().catch(complain);
listen();
