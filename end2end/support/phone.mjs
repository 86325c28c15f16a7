// A customer's phone at the simulator, by its interface for programs; the first journey types on its page instead.
import { SIMULATOR } from "./browser.mjs";

/** Meta's id of the number of a workspace. */
export async function numberOf(workspace) {
  const answer = await fetch(`${SIMULATOR}/__sim/numbers/${workspace}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ display_name: "Demo" }),
  });
  return (await answer.json()).phone_number_id;
}

/** The customer writes. */
export async function writes(workspace, { name, from }, text) {
  const answer = await fetch(`${SIMULATOR}/simulate/send`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ from, name, text, phone_number_id: await numberOf(workspace) }),
  });
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`);
}

/** What stands on the phone's screen, as text. */
export async function screen(from) {
  const answer = await fetch(`${SIMULATOR}/__sim/phones/${from.replace("+", "")}`);
  return answer.text();
}

/** A number that nobody has connected, with what reaches it. */
export async function spareNumber(name) {
  const answer = await fetch(`${SIMULATOR}/__sim/numbers/${crypto.randomUUID()}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ display_name: name }),
  });
  return answer.json();
}
