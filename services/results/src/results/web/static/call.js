// Puts the page of a call together: player, conversation, search, links to a moment.
import { Conversation } from "./conversation.js";
import { Player } from "./player.js";
import { Waves } from "./waves.js";

const news = document.getElementById("news");
const state = document.getElementById("state");
const section = document.getElementById("player");
const conversation = new Conversation(document.getElementById("conversation"));
const player = section && new Player(section);
const say = (text) => { news.textContent = text; news.classList.add("shown"); setTimeout(() => news.classList.remove("shown"), 2500); };

function linkTo(seconds) {
  const address = new URL(location.href);
  address.hash = `t=${Number(seconds).toFixed(1)}`;
  history.replaceState(null, "", address);
  const copied = navigator.clipboard?.writeText(address.href) ?? Promise.reject();
  copied.then(() => say("The link is copied."), () => say("The link is in the address bar."));
}

async function goTo(seconds, { play = false } = {}) {
  player?.seek(seconds);
  await conversation.show(seconds, { bring: true });
  if (play) player?.play();
}

function toMoment() {
  const said = location.hash.match(/^#t=(\d+(?:\.\d+)?)$/);
  if (said) goTo(Number(said[1]));
}

conversation.onSeek = (seconds) => (player ? (player.seek(seconds), player.play()) : undefined);
conversation.onLink = linkTo;

if (player) {
  const waves = new Waves(section, (seconds) => { goTo(seconds); });
  player.onTime = (seconds) => { waves.draw(seconds); conversation.show(seconds, { scroll: player.playing }); };
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=range]), textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "/" && conversation.find) { conversation.find.focus(); event.preventDefault(); return; }
  if (!player) return;
  const onControl = event.target.closest("button, a, summary");
  if (key === " " && !onControl) { player.toggle(); event.preventDefault(); }
  else if (key === "k") player.toggle();
  else if (key === "j") player.seek(player.time - 5);
  else if (key === "l") player.seek(player.time + 5);
  else if (key === "c") linkTo(player.time);
});

addEventListener("hashchange", toMoment);
toMoment();

if (state?.dataset.moving === "yes") {
  setInterval(async () => {
    if (document.hidden || document.activeElement?.closest("form") || player?.playing) return;
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("state");
    if (now && now.outerHTML !== state.outerHTML) location.reload();
    const stages = page.querySelector(".stages");
    if (stages) document.querySelector(".stages")?.replaceWith(stages);
  }, 3000);
}
