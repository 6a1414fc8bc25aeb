// Runs in each page before anything else: says when something that was waited for has been painted.
// A channel's message comes right after the frame in which it was sent, when that is painted.
window.bench = {
  frames: [],

  /** @param {() => void} then  Called when the frame that is being made is painted. */
  painted(then) {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(0);
  },

  /** Milliseconds on the page's clock at which `holds` was true and painted. */
  shown(holds) {
    return new Promise((resolve) => {
      const look = () => (holds() ? this.painted(() => resolve(performance.now())) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
  },

  /** From the next mouse-up to what is waited for; `await bench.drawn` gives the milliseconds. */
  arm(what) {
    const holds = { ...this.waits }[what]();
    this.drawn = new Promise((resolve) =>
      addEventListener("mouseup", (event) => this.shown(holds).then((at) => resolve(at - event.timeStamp)), {
        capture: true,
        once: true,
      }),
    );
  },

  waits: {
    bar: () => () => !document.querySelector("[data-selection-bar]").hidden,
    // Drawn as marks or by the browser's own highlights.
    chosen: () => () => document.getElementsByClassName("pending").length > 0 || CSS.highlights.has("chosen"),
    confirmed: () => {
      const cards = document.getElementsByClassName("card");
      const before = cards.length;
      return () => cards.length > before;
    },
  },

  /** Keeps how far apart the frames are, until `still`. */
  watchFrames() {
    this.frames = [];
    let before = performance.now();
    const look = (now) => {
      this.frames.push(now - before);
      before = now;
      this.looking = requestAnimationFrame(look);
    };
    this.looking = requestAnimationFrame(look);
  },

  still() {
    cancelAnimationFrame(this.looking);
    return this.frames;
  },
};
window.bench.firstHighlight = window.bench.shown(() => document.querySelector("mark.hl"));
