/* The preview's page in motion: follows the folder, changes looks, walks by keyboard. Works without, too. */
"use strict";

const WIDTHS = ["phone", "tablet", "full"];
const MODES = ["light", "dark", "inverted"];
const REGIONS = ["trouble", "coming", "foot", "top", "notices", "asking", "inbox", "views", "view", "rail"];
const live = document.body.dataset.live === "yes";
const root = document.body.dataset.root;
const SHEETS = new RegExp(`^${root}/(mail|ask|talks)\\b`);
const byId = (id) => document.getElementById(id);
const served = new Map();
const look = { width: "full", mode: "light" };
let asked = 0;
let going = 0; // the turn of who goes elsewhere; the folder's changes wait for it
let unseen = null; // the number of a change that came meanwhile

/* ---- The email's frame: measured, swapped without a flash, its links not followed by themselves ---- */

function stage() { return byId("stage"); }

function measure(frame) {
  const page = insideOf(frame);
  if (!page || !page.documentElement) return;
  frame.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height)}px`;
}

function insideOf(frame) {
  try {
    return frame.contentDocument;
  } catch (refused) {
    return null; // a page from a file may not look into another; the frame then scrolls by itself
  }
}

/* Once a frame is loaded; or half a second after its words are there, for what else a page names may never come. */
function arrived(frame) {
  return new Promise((done) => {
    let loaded = false;
    const look = () => {
      if (loaded || !frame.isConnected) return;
      const page = insideOf(frame);
      const state = page && page.URL !== "about:blank" ? page.readyState : "loading";
      if (state === "complete") done();
      else setTimeout(...(state === "loading" ? [look, 50] : [done, 500]));
    };
    frame.addEventListener("load", () => { loaded = true; done(); }, { once: true });
    look();
  });
}

function settle(frame) {
  const page = insideOf(frame);
  measure(frame);
  frame.classList.add("settled"); // a click before would lead the frame away
  if (!page) return;
  new ResizeObserver(() => measure(frame)).observe(page.documentElement);
  page.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    showLink(link.getAttribute("href"));
  });
  page.addEventListener("keydown", onKey);
}

function frameUrl() { return stage().dataset[look.mode]; }

function showFrame() {
  const place = stage();
  if (!place) return Promise.resolve();
  place.dataset.width = look.width;
  place.dataset.mode = look.mode;
  const device = place.querySelector(".device");
  const old = device.querySelector("iframe:not(.coming)");
  const coming = device.querySelector("iframe.coming");
  if (coming && coming.getAttribute("src") === frameUrl()) return coming.shown;
  if (coming) coming.remove();
  if (old && old.getAttribute("src") === frameUrl()) {
    measure(old);
    return Promise.resolve();
  }
  const frame = document.createElement("iframe");
  frame.className = "coming";
  frame.title = `The email as HTML, ${look.mode}`;
  frame.setAttribute("sandbox", "allow-same-origin");
  if (old) frame.style.height = `${old.offsetHeight}px`;
  frame.src = frameUrl();
  device.append(frame);
  frame.shown = arrived(frame).then(() => {
    settle(frame);
    frame.classList.remove("coming");
    if (old) old.remove();
  });
  return frame.shown;
}

function showLink(url) {
  const card = byId("link-card");
  card.textContent = `This link leads to ${url}`;
  if (/^https?:/i.test(url)) {
    const open = document.createElement("a");
    Object.assign(open, { href: url, target: "_blank", rel: "noreferrer noopener", textContent: "Open it" });
    card.append(open);
  }
  card.hidden = false;
}

/* ---- Looks: width and colors ---- */

function setLook(change) {
  Object.assign(look, change);
  showLook();
  const here = new URL(location.href);
  here.search = withLook(here).search;
  history.replaceState(null, "", here);
  showFrame();
}

function showLook() {
  document.querySelectorAll("[data-width][aria-pressed]").forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.width === look.width)));
  document.querySelectorAll("[data-mode][aria-pressed]").forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.mode === look.mode)));
  document.querySelectorAll(".caption[data-for]").forEach((caption) => {
    caption.hidden = caption.dataset.for !== look.mode;
  });
}

function readLook() {
  const said = new URLSearchParams(location.search);
  look.width = WIDTHS.includes(said.get("width")) ? said.get("width") : "full";
  look.mode = MODES.includes(said.get("mode")) ? said.get("mode") : "light";
}

function withLook(url) {
  const usual = { width: "full", mode: "light" };
  for (const name of ["width", "mode"]) {
    if (look[name] === usual[name]) url.searchParams.delete(name);
    else url.searchParams.set(name, look[name]);
  }
  return url;
}

function next(list, current) { return list[(list.indexOf(current) + 1) % list.length]; }

/* ---- Pages: fetched and put in place region by region ---- */

function note(page) {
  for (const id of REGIONS) {
    const region = page.getElementById(id);
    served.set(id, region ? region.outerHTML : null);
  }
}

function openDetails(region) {
  return [...region.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent.trim());
}

function putRegion(id, fresh) {
  const old = byId(id);
  const region = fresh.getElementById(id);
  if (!old || !region || served.get(id) === region.outerHTML) return;
  const opened = openDetails(old);
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  if (id === "view" && stage() && region.querySelector("#stage")) {
    Object.assign(stage().dataset, region.querySelector("#stage").dataset);
  } else {
    old.replaceWith(document.importNode(region, true));
  }
  served.set(id, region.outerHTML);
  for (const summary of byId(id).querySelectorAll("summary")) {
    if (opened.includes(summary.textContent.trim())) summary.parentElement.open = true;
  }
  if (focused && byId(focused)) byId(focused).focus();
}

function put(fresh, whole) {
  document.title = fresh.title;
  const sameKind = Boolean(byId("sheet")) && Boolean(fresh.getElementById("sheet"));
  if (sameKind) {
    const sameView = byId("sheet").dataset.view === fresh.getElementById("sheet").dataset.view;
    if (!sameView) served.delete("view");
    if (!sameView && stage()) stage().removeAttribute("id");
    REGIONS.filter((id) => whole || !["trouble", "coming", "foot"].includes(id)).forEach((id) => putRegion(id, fresh));
    byId("sheet").dataset.view = fresh.getElementById("sheet").dataset.view;
    byId("sheet").dataset.digest = fresh.getElementById("sheet").dataset.digest;
  } else if (byId("site-frame") && fresh.getElementById("site-frame")) {
    byId("site-frame").contentWindow.location.reload(); // where its reader is, not at its beginning
    if (whole) ["trouble", "coming", "foot"].forEach((id) => putRegion(id, fresh));
    note(fresh);
  } else {
    byId("main").innerHTML = fresh.getElementById("main").innerHTML;
    const rail = byId("rail");
    const freshRail = fresh.getElementById("rail");
    if (rail && whole) rail.remove();
    if (freshRail) byId("main").after(document.importNode(freshRail, true));
    if (whole) ["trouble", "coming", "foot"].forEach((id) => putRegion(id, fresh));
    note(fresh);
  }
  showLook();
}

async function fetchPage(url, whole) {
  const answer = await fetch(url, { headers: whole ? {} : { "X-Part": "sheet" } });
  const text = await answer.text();
  return { url: answer.url, page: new DOMParser().parseFromString(text, "text/html") };
}

async function go(url, { push = true } = {}) {
  const turn = going = ++asked;
  let got;
  try {
    got = await fetchPage(withLook(new URL(url, location.href)), true);
  } finally {
    if (going === turn) going = 0;
  }
  if (turn !== asked) return;
  if (push) history.pushState(null, "", withLook(new URL(got.url)));
  put(got.page, true);
  document.body.dataset.number = got.page.body.dataset.number;
  if (push) window.scrollTo(0, 0), byId("main").scrollTo(0, 0);
  document.documentElement.classList.remove("menu-open");
  if (push) byId("heard").textContent = document.title;
  await showFrame();
  const current = document.querySelector("#coming [aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
  const missed = unseen;
  unseen = null;
  if (turn === asked && missed && missed !== document.body.dataset.number) refresh(missed);
}

async function refresh(number) {
  if (going) {
    unseen = number;
    return;
  }
  const turn = ++asked;
  if (document.body.dataset.page) {
    const around = await fetchPage(`${root}/talks`, true); // what is being written stays; only the list is put anew
    if (turn !== asked) return;
    ["trouble", "coming", "foot"].forEach((id) => putRegion(id, around.page));
    document.body.dataset.number = around.page.body.dataset.number;
    document.dispatchEvent(new Event("folder-changed"));
    return;
  }
  const before = byId("sheet") && byId("sheet").dataset.digest;
  if (byId("sheet")) {
    const part = await fetchPage(location.href, false);
    if (turn !== asked) return;
    put(part.page, false);
    await showFrame();
    document.body.dataset.shown = String(number);
  }
  const whole = await fetchPage(location.href, true);
  if (turn !== asked) return;
  put(whole.page, true);
  await showFrame();
  document.body.dataset.number = document.body.dataset.shown = whole.page.body.dataset.number;
  if (document.querySelector(".stale")) say("There is a problem in the file");
  else if (byId("sheet") && byId("sheet").dataset.digest !== before) say("Updated");
}

function say(words) {
  const place = byId("said");
  place.textContent = words;
  place.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => place.classList.remove("shown"), 1600);
}

/* ---- Live ---- */

/* A browser keeps six connections to one address: a tab that nobody sees gives its own back. */
let events = null;

function follow() {
  if (events) events.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource(`${root}/events`);
  events.addEventListener("change", (event) => {
    showLive("on", "live: save a file, see it here");
    if (event.data !== document.body.dataset.number) refresh(event.data);
  });
  events.addEventListener("error", () => showLive("off", "not connected: is announcer preview running?"));
}

function showLive(state, words) {
  byId("live").className = `live ${state}`;
  if (byId("live-words").textContent !== words) byId("live-words").textContent = words;
}

/* ---- Search ---- */

async function search() {
  const text = byId("search").value.trim();
  byId("coming").hidden = text !== "";
  if (!text) {
    byId("found").replaceChildren();
    return;
  }
  const answer = await fetch(`${root}/find?q=${encodeURIComponent(text)}`);
  if (byId("search").value.trim() === text) byId("found").innerHTML = await answer.text();
}

/* ---- Keys and clicks ---- */

function rows() {
  const inFound = document.querySelectorAll("#found a.row");
  return [...(inFound.length ? inFound : document.querySelectorAll("#coming a.row"))];
}

function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  const row = all[at < 0 ? 0 : at + by];
  if (row) visit(row.href);
}

function visit(url) {
  if (live && !document.body.dataset.page) go(url);
  else location.href = url;
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target.closest && event.target.closest("input, select, textarea, dialog");
  if (field) {
    if (event.key === "Escape" && field.id === "search") {
      field.value = "";
      search();
      field.blur();
    }
    return;
  }
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    w: () => setLook({ width: next(WIDTHS, look.width) }),
    d: () => setLook({ mode: next(MODES, look.mode) }),
    "/": () => byId("search") && byId("search").focus(),
    "?": () => byId("keys") && byId("keys").showModal(),
  };
  const view = /^[1-5]$/.test(event.key) && document.querySelectorAll("#views li a")[Number(event.key) - 1];
  const action = view ? () => visit(view.href) : actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function onClick(event) {
  const at = (selector) => event.target.closest(selector);
  const pressed = at("[data-width][aria-pressed], [data-mode][aria-pressed]");
  if (pressed) setLook(pressed.dataset.width ? { width: pressed.dataset.width } : { mode: pressed.dataset.mode });
  if (at("#menu")) toggleMenu();
  if (at("#show-keys")) byId("keys").showModal();
  if (at("[data-copy]")) copy(at("[data-copy]"));
  if (at("#ask-spam")) askSpam(at("#ask-spam"));
  const link = at("a[href]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (live && !document.body.dataset.page && link && plain && !link.hasAttribute("download") && SHEETS.test(link.getAttribute("href"))) {
    event.preventDefault();
    go(link.href);
  }
}

function toggleMenu() {
  const isOpen = document.documentElement.classList.toggle("menu-open");
  byId("menu").setAttribute("aria-expanded", String(isOpen));
}

async function copy(button) {
  await navigator.clipboard.writeText(byId(button.dataset.copy).textContent);
  say("Copied");
}

async function askSpam(button) {
  button.disabled = true;
  button.textContent = "Asking SpamAssassin…";
  const answer = await fetch(button.dataset.url);
  byId("checks").insertAdjacentHTML("afterbegin", await answer.text());
  button.remove();
}

function ask(form) {
  const said = new URLSearchParams(new FormData(form));
  const at = byId("ask-at");
  if (at.value === at.dataset.due) said.delete("at");
  go(`${form.getAttribute("action")}?${said}`);
}

document.documentElement.classList.add("scripted");
document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
readLook();
showLook();
if (stage()) {
  const frame = stage().querySelector("iframe");
  arrived(frame).then(() => settle(frame));
  showFrame();
}
if (live) {
  note(document);
  document.addEventListener("change", (event) => {
    const form = event.target.closest("#asking");
    if (form) ask(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "asking") return;
    event.preventDefault();
    ask(event.target);
  });
  document.addEventListener("input", (event) => {
    if (event.target.id !== "search") return;
    clearTimeout(search.timer);
    search.timer = setTimeout(search, 80);
  });
  window.addEventListener("popstate", () => {
    readLook();
    go(location.href, { push: false });
  });
  document.addEventListener("visibilitychange", follow);
  follow();
}
