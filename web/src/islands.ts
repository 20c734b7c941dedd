// Elements of a page that want a script → that script, loaded when it is needed. Everything on the page works without them.

type Island = (element: HTMLElement) => void | Promise<void>;

const ISLANDS: Record<string, () => Promise<Island>> = {
  map: async () => (await import("./map")).island,
  timeline: async () => (await import("./timeline")).island,
  document: async () => (await import("./marks")).island,
  review: async () => (await import("./review")).island,
  sparql: async () => (await import("./editor")).island,
  answer: async () => (await import("./results")).island,
};

/** Starts what elements want. One that fails leaves its part of the page as it was. */
export async function start(elements: Iterable<HTMLElement>): Promise<void> {
  await Promise.all(
    [...elements].map(async (element) => {
      const load = ISLANDS[element.dataset["island"] ?? ""];
      if (!load) return;
      try {
        await (await load())(element);
        element.dataset["ready"] = "";
      } catch (error) {
        element.dataset["ready"] = "failed";
        console.warn(error);
      }
    }),
  );
}
