// Loads the conversation piece by piece, marks what is spoken, and searches it.
const QUIET = matchMedia("(prefers-reduced-motion: reduce)");

export class Conversation {
  onSeek = () => {};
  onLink = () => {};

  constructor(root) {
    this.root = root;
    if (!root) return;
    this.pieces = [...root.querySelectorAll(".turns")];
    this.find = document.getElementById("find");
    this.found = document.getElementById("found");
    this.hits = [];
    const near = new IntersectionObserver((seen) => {
      for (const it of seen) if (it.isIntersecting) { near.unobserve(it.target); this.#load(it.target); }
    }, { rootMargin: "1500px" });
    for (const piece of this.pieces) if (piece.dataset.url) near.observe(piece);
    root.addEventListener("click", (event) => this.#clicked(event));
    document.getElementById("search").addEventListener("submit", (event) => { event.preventDefault(); this.#search(); });
    this.find.addEventListener("input", () => { if (!this.find.value) this.#forget(); });
  }

  // With "scroll" a new turn is brought into view, with "bring" whichever it is.
  async show(seconds, { scroll = false, bring = false } = {}) {
    if (!this.root) return;
    const piece = last(this.pieces, (it) => Number(it.dataset.start) <= seconds);
    if (!piece) return this.#mark([], null, false);
    await this.#load(piece);
    const turns = [...piece.querySelectorAll(".turn")].filter((it) => Number(it.dataset.start) <= seconds && seconds <= Number(it.dataset.end));
    const words = turns.map((turn) => last([...turn.querySelectorAll("p span")], (it) => Number(it.dataset.t) <= seconds)).filter(Boolean);
    const nearest = turns.at(-1) ?? last([...piece.querySelectorAll(".turn")], (it) => Number(it.dataset.start) <= seconds);
    this.#mark(words, nearest, scroll);
    if (bring && nearest) await arrive(nearest);
  }

  #mark(words, turn, scroll) {
    if (this.words?.length === words.length && words.every((it, n) => it === this.words[n]) && turn === this.turn) return;
    this.words?.forEach((it) => it.classList.remove("spoken"));
    words.forEach((it) => it.classList.add("spoken"));
    this.words = words;
    if (turn !== this.turn && turn && scroll) reveal(turn);
    this.turn = turn;
  }

  #load(piece) {
    if (!piece.dataset.url) return Promise.resolve();
    piece.loading ??= fetch(piece.dataset.url, { credentials: "same-origin" })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject()))
      .then((text) => { piece.innerHTML = text; delete piece.dataset.url; })
      .catch(() => { piece.loading = undefined; });
    return piece.loading;
  }

  #clicked(event) {
    const link = event.target.closest(".link");
    if (link) return this.onLink(Number(link.dataset.t));
    const word = event.target.closest("[data-t]");
    if (word && !String(getSelection())) this.onSeek(Number(word.dataset.t));
  }

  async #search() {
    const text = this.find.value.trim().toLocaleLowerCase();
    if (!text) return this.#forget();
    if (text === this.text && this.hits.length) return this.#step();
    this.#forget();
    this.found.textContent = "Searching…";
    for (const piece of this.pieces) await this.#load(piece);
    this.text = text;
    for (const turn of this.root.querySelectorAll(".turn p")) this.hits.push(...hitsIn(turn, text));
    this.hits.flat().forEach((it) => it.classList.add("hit"));
    this.place = -1;
    if (this.hits.length) this.#step();
    else this.found.textContent = "Not found";
  }

  #step() {
    this.hits[this.place]?.forEach((it) => it.classList.remove("here"));
    this.place = (this.place + 1) % this.hits.length;
    this.hits[this.place].forEach((it) => it.classList.add("here"));
    this.found.textContent = `${this.place + 1} of ${this.hits.length}`;
    arrive(this.hits[this.place][0].closest(".turn"));
  }

  #forget() {
    this.hits.flat().forEach((it) => it.classList.remove("hit", "here"));
    this.hits = [];
    this.text = undefined;
    this.found.textContent = "";
  }
}

const last = (all, is) => all.findLast(is);
const isSeen = (it) => it.getBoundingClientRect().top > 0 && it.getBoundingClientRect().bottom < innerHeight;

function reveal(it) {
  const far = Math.abs(it.getBoundingClientRect().top) > 3 * innerHeight;
  it.scrollIntoView({ block: "center", behavior: far || QUIET.matches ? "instant" : "smooth" });
}

// What loads on the way pushes the goal off again, so it is aimed at until it stays.
async function arrive(it) {
  reveal(it);
  for (let left = 8; left > 0; left -= 1) {
    await new Promise((done) => setTimeout(done, 150));
    if (!isSeen(it)) it.scrollIntoView({ block: "center", behavior: "instant" });
  }
}

// A hit is the words that it touches: what is looked for may go over several.
function hitsIn(turn, text) {
  const words = [...turn.querySelectorAll("span")];
  let whole = "";
  const spans = words.map((word) => {
    const start = whole.length;
    whole += `${word.textContent.toLocaleLowerCase()} `;
    return [start, whole.length - 1];
  });
  const hits = [];
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + text.length)) {
    hits.push(words.filter((_, n) => spans[n][0] < at + text.length && spans[n][1] > at));
  }
  return hits.filter((it) => it.length);
}
