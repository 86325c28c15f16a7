// A wire to Charla that can be cut: a plain TCP relay. (Chromium's own "offline" leaves open WebSockets alone.)
import { once } from "node:events";
import net from "node:net";

import { CHARLA } from "./browser.mjs";

/** Lays a wire. Browsers reach Charla at its `url` until it is cut. */
export async function wire() {
  const { hostname, port } = new URL(CHARLA);
  const ends = new Set();
  let whole = true;
  const server = net.createServer((near) => {
    if (!whole) return near.destroy();
    const far = net.connect(Number(port), hostname);
    for (const [end, other] of [[near, far], [far, near]]) {
      ends.add(end);
      end.pipe(other);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        ends.delete(end);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cut() {
      whole = false;
      for (const end of ends) end.destroy();
    },
    mend() {
      whole = true;
    },
    close() {
      this.cut();
      server.close();
    },
  };
}
