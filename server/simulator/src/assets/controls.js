// The controls: forms for what can be set, tables for what happened. Looked up again every second while the page is seen.
// Everything that comes from elsewhere is put in as text, never as markup.

const at = (id) => document.getElementById(id);
const LAST = Number.MAX_SAFE_INTEGER;

/** The rules that a preset adds to the script. */
const PRESETS = {
  duplicates: { webhooks: [{ fault: "duplicate", copies: 3, parallel: true }] },
  reorder: { webhooks: [{ fault: "reorder", window: 10 }] },
  lost: { graph: [{ fault: "drop_answer", probability: 0.05 }] },
  rate: { graph: [{ fault: "rate_limited", probability: 0.1 }] },
  server: { graph: [{ fault: "error", code: 131000, probability: 0.1 }, { fault: "empty", status: 500, probability: 0.1 }] },
  html: { graph: [{ fault: "html", status: 502, probability: 0.2 }] },
  expired: { graph: [{ fault: "expired_token", any: true }] },
  slow: { graph: [{ fault: "delay", ms: 3000, probability: 0.2 }] },
};

let bulk;

/** Asks the simulator; a refusal becomes an error with its sentence. */
async function ask(path, method = "GET", body = undefined) {
  const options = { method };
  if (body !== undefined) Object.assign(options, { headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const answer = await fetch(path, options);
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(content.error ?? `The simulator answered ${answer.status}.`);
  return content;
}

/** Rows of a name and a value each. */
function table(id, rows) {
  const made = rows.map(([name, value]) => {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = name;
    const cell = document.createElement("td");
    cell.textContent = typeof value === "number" ? value.toLocaleString("en") : String(value);
    row.append(head, cell);
    return row;
  });
  at(id).replaceChildren(...made);
}

/** Puts values into the fields of a form by their names. */
function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value ?? "";
  }
}

/** The fields of a form; an empty number is null. */
function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === "checkbox") values[field.name] = field.checked;
    else if (field.type === "number") values[field.name] = field.value === "" ? null : Number(field.value);
    else values[field.name] = field.value;
  }
  return values;
}

/** Does something for a form and says below it what came of it. */
function perform(form, action) {
  const status = form.querySelector("[role=status]");
  return action().then(
    (said) => { status.className = "hint"; status.textContent = said; },
    (error) => { status.className = "problem"; status.textContent = error.message; },
  );
}

function onSubmit(id, action) {
  at(id).addEventListener("submit", (event) => {
    event.preventDefault();
    perform(event.target, () => action(read(event.target)));
  });
}

const ofNumber = (path) => `/__sim/numbers/${encodeURIComponent(at("number").value)}/${path}`;

// Limits and timing.

async function loadLimits() {
  if (at("number").value) fill(at("limits"), await ask(ofNumber("limits")));
}

onSubmit("limits", async ({ per_second, pair, window, state }) => {
  fill(at("limits"), await ask(ofNumber("limits"), "PUT", { per_second, pair, window }));
  await ask(ofNumber("token"), "POST", { state });
  return "Set.";
});

at("number").addEventListener("change", () => perform(at("limits"), async () => { await loadLimits(); return ""; }));

onSubmit("timing", async (timing) => {
  fill(at("timing"), await ask("/__sim/timing", "PUT", timing));
  return "Set.";
});

// Faults.

function script() {
  const text = at("script").value.trim();
  if (!text) return { seed: 1, graph: [], webhooks: [] };
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The script is not JSON: ${error.message}`);
  }
}

at("use-preset").addEventListener("click", () => perform(at("faults"), async () => {
  const whole = script();
  const added = PRESETS[at("preset").value];
  for (const kind of ["graph", "webhooks"]) whole[kind] = [...(whole[kind] ?? []), ...(added[kind] ?? [])];
  at("script").value = JSON.stringify(whole, null, 2);
  return "Added; run the script to let it happen.";
}));

onSubmit("faults", async () => {
  showFaults(await ask("/__sim/faults", "PUT", script()));
  return "Running.";
});

at("end-faults").addEventListener("click", () => perform(at("faults"), async () => {
  await ask("/__sim/faults", "DELETE");
  showFaults(await ask("/__sim/faults"));
  return "Ended.";
}));

function showFaults(report) {
  const rows = [...report.graph, ...report.webhooks].map(({ fired, ...rule }) => {
    const told = Object.entries(rule).filter(([name, value]) => name !== "fault" && value !== null && value !== false && value !== 0);
    return [[rule.fault, ...told.map(([name, value]) => `${name} ${value}`)].join(", "), fired];
  });
  at("faults-state").textContent = report.running ? `Running with seed ${report.seed}; how often each rule fired:` : "No script is running.";
  table("fired", rows);
  if (report.running && !at("script").value) {
    const plain = (rules) => rules.map(({ fired, ...rule }) => rule);
    at("script").value = JSON.stringify({ seed: report.seed, graph: plain(report.graph), webhooks: plain(report.webhooks) }, null, 2);
  }
}

// Bulk.

onSubmit("bulk", async (order) => {
  const { id } = await ask("/__sim/bulk", "POST", { ...order, number: at("number").value });
  bulk = { id, count: order.count };
  at("stop-bulk").disabled = false;
  await showBulk();
  return `Bulk ${id} has begun.`;
});

at("stop-bulk").addEventListener("click", () => perform(at("bulk"), async () => {
  if (bulk) await ask(`/__sim/bulk/${bulk.id}`, "DELETE");
  return "Stopped.";
}));

async function showBulk() {
  if (!bulk || bulk.done) return;
  const { state, ...report } = await ask(`/__sim/bulk/${bulk.id}`);
  bulk.done = state === "done";
  at("progress").value = Math.min(1, report.events_acked / bulk.count);
  if (bulk.done) {
    at("stop-bulk").disabled = true;
    at("bulk").querySelector("[role=status]").textContent = `Bulk ${bulk.id} is done.`;
  }
  table("report", Object.entries(report).map(([name, value]) => [name.replaceAll("_", " "), value]));
}

// Ledgers.

onSubmit("ledgers", async () => {
  await ask("/__sim/ledger", "DELETE");
  await showLedgers();
  return "Emptied.";
});

async function showLedgers() {
  const [sent, acked, refusals, health] = await Promise.all([
    ask(`/__sim/ledger/sent?after=${LAST}`),
    ask(`/__sim/ledger/acked?after=${LAST}`),
    ask("/__sim/refusals"),
    ask("/health"),
  ]);
  table("totals", [
    ["Messages that reached a phone", sent.total],
    ["Events the server took", acked.total],
    ["Webhooks that wait", health.webhooks_waiting],
    ...Object.entries(refusals).map(([code, count]) => [`Refused with ${code}`, count]),
  ]);
}

// Always.

async function begin() {
  const numbers = (await ask("/__sim/numbers")).data;
  at("number").replaceChildren(...numbers.map((one) => new Option(`${one.verified_name} (${one.display_phone_number})`, one.phone_number_id)));
  fill(at("timing"), await ask("/__sim/timing"));
  await loadLimits();
  await look();
}

async function look() {
  if (document.visibilityState !== "visible") return;
  await Promise.all([ask("/__sim/faults").then(showFaults), showBulk(), showLedgers()]);
  at("connection").textContent = "";
}

const complain = (error) => { at("connection").textContent = error.message; };
begin().catch(complain);
setInterval(() => look().catch(complain), 1000);
