// The list of W4 without a framework, as quick as it can be written by hand: rows are clones, what changes in them is written
// straight into its text node, and nothing is looked up twice.

/** The steps from an element to one within it, and the way down. */
function steps(root, node) {
  const path = [];
  for (let at = node; at !== root; at = at.parentNode) path.unshift([...at.parentNode.childNodes].indexOf(at));
  return path;
}
const follow = (root, path) => path.reduce((node, place) => node.childNodes[place], root);

/**
 * Shows the list. `conversations` are two thousand rows, newest first; `templates` the markup of rows as the inbox has it:
 * that of a conversation is the one of its `kind`.
 */
export function show({ conversations, templates, inbox }) {
  const list = document.querySelector(".rows");
  const end = list.lastElementChild;
  const clock = new Intl.DateTimeFormat(navigator.language, { timeStyle: "short" });
  const full = new Intl.DateTimeFormat(navigator.language, { dateStyle: "medium", timeStyle: "short" });

  const kinds = templates.map((html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    const item = template.content.firstElementChild;
    const hooks = Object.entries({ link: ".row", name: ".row-name", time: "time", words: ".row-words" });
    return { item, paths: hooks.map(([name, selector]) => [name, steps(item, item.querySelector(selector))]) };
  });

  let rows = [];
  let chosen = null;

  const tellTime = (row) => {
    const at = new Date(row.at);
    row.time.dateTime = row.at;
    row.time.title = full.format(at);
    row.time.firstChild.data = clock.format(at);
  };

  const make = ({ id, contact, preview, last_message_at, kind }) => {
    const { item, paths } = kinds[kind];
    const row = { id, at: last_message_at, item: item.cloneNode(true) };
    for (const [name, path] of paths) row[name] = follow(row.item, path);
    row.link.id = `row-${id}`;
    row.link.href = `${inbox}/${id}`;
    row.name.firstChild.data = contact.name;
    row.words.firstChild.data = preview.text;
    tellTime(row);
    return row;
  };

  const append = (from, to) => {
    const made = conversations.slice(from, to).map(make);
    rows.push(...made);
    const fragment = document.createDocumentFragment();
    for (const row of made) fragment.append(row.item);
    list.insertBefore(fragment, end);
  };

  const clear = () => {
    for (const row of rows) row.item.remove();
    rows = [];
    chosen = null;
  };

  const operations = {
    clear,
    create: () => {
      clear();
      append(0, 1000);
    },
    append: () => append(1000, 2000),
    update: () => {
      for (let place = 0; place < rows.length; place += 10) rows[place].words.firstChild.data += " !";
    },
    swap: () => {
      const [one, other] = [1, rows.length - 2];
      const [above, below] = [rows[one], rows[other]];
      [rows[one], rows[other]] = [below, above];
      [above.at, below.at] = [below.at, above.at];
      const place = below.item.nextSibling;
      list.insertBefore(below.item, above.item);
      list.insertBefore(above.item, place);
      tellTime(above);
      tellTime(below);
    },
    select: () => {
      const at = rows.indexOf(chosen);
      chosen?.link.removeAttribute("aria-current");
      chosen = rows[at < 0 ? 0 : at + 10];
      chosen.link.setAttribute("aria-current", "page");
    },
    remove: () => {
      rows[3].item.remove();
      rows.splice(3, 1);
    },
  };
  for (const [name, act] of Object.entries(operations)) document.getElementById(name).addEventListener("click", act);
}
