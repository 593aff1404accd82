/* The desk in motion: asks what a text says as it is typed, keeps form and text alike. Works without, too. */
"use strict";
(() => {
  const form = document.getElementById("desk");
  if (!form) return;
  const at = (id) => document.getElementById(id);
  const root = document.body.dataset.root;
  const text = at("desk-text");
  const stage = at("desk-stage");
  let turn = 0;
  let strokes = 0;
  let again = ""; // what else is wanted of the next answer: the form, or the day as well
  let timer = 0;
  let touched = form.dataset.touched === "yes"; // whether something would be lost
  let chosen = !location.pathname.endsWith("/desk/new") || new URLSearchParams(location.search).has("date"); // the day, by a person

  /* ---- What the server says of what is written ---- */

  async function ask(part) {
    const mine = [turn, strokes].join();
    const asked = new URLSearchParams(new FormData(form));
    asked.set("part", part);
    asked.set("again", again);
    const answer = await fetch(`${root}/desk/read`, { method: "POST", body: asked });
    const said = answer.ok && await answer.json();
    return mine === [turn, strokes].join() ? said : null; // what was typed meanwhile is newer than the answer
  }

  async function read() {
    const mine = ++turn;
    const said = await ask("problems");
    if (!said) return;
    again = "";
    if (said.form !== undefined) putForm(said.form);
    if (text.value !== said.text) text.value = said.text;
    at("desk-path").textContent = said.path;
    if (form.elements.path.value) at("desk-heading").textContent = said.heading;
    showProblems(said);
    at("desk-changed").hidden = !said.changed;
    document.body.dataset.read = String(mine);
    const mail = await ask("mail");
    if (mail) showMail(mail);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(read, 60);
  }

  function putForm(html) {
    const open = [...form.querySelectorAll("#desk-form details")].map((one) => one.open);
    const focused = at("desk-form").contains(document.activeElement) && document.activeElement.id;
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("desk-form");
    at("desk-form").replaceWith(document.importNode(fresh, true));
    form.querySelectorAll("#desk-form details").forEach((one, number) => { one.open = one.open || Boolean(open[number]); });
    ready();
    if (focused && at(focused)) at(focused).focus();
  }

  function sentence(one) {
    const item = document.createElement("li");
    item.className = one.severity;
    const word = document.createElement("span");
    word.className = "hidden";
    word.textContent = `${one.severity === "error" ? "Error" : "Warning"}: `;
    const hint = document.createElement("span");
    hint.className = "box-hint";
    hint.textContent = one.hint;
    item.append(word, `${one.message}. `, hint);
    return item;
  }

  function showProblems(said) {
    const left = new Map(Object.entries(said.problems));
    for (const list of form.querySelectorAll(".box-problems")) {
      if (!list.dataset.box) continue;
      const found = left.get(list.dataset.box) || [];
      left.delete(list.dataset.box);
      fill(list, found.map(sentence));
      const box = list.closest(".box");
      const field = box.querySelector("input, textarea, select");
      box.classList.toggle("wrong", found.length > 0);
      if (found.length) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    const loose = [...left.values()].flat();
    if (said.trouble) loose.push({ severity: "error", message: said.trouble, hint: "" });
    fill(form.querySelector(".box-problems.loose"), loose.map(sentence));
    const all = Object.values(said.problems).flat().sort((one, two) => one.line - two.line);
    at("text-problems").replaceChildren(...all.map(lineOf));
    mark(all);
    const says = at("desk-says").firstElementChild;
    if (says.textContent !== said.says) says.textContent = said.says;
    says.classList.toggle("bad", said.errors > 0);
    at("desk-mend").hidden = all.length === 0;
  }

  function fill(list, items) {
    list.replaceChildren(...items);
    list.hidden = items.length === 0;
  }

  function lineOf(one) {
    const item = sentence(one);
    const jump = document.createElement("button");
    Object.assign(jump, { type: "button", className: "plain", textContent: `line ${one.line}` });
    Object.assign(jump.dataset, { line: one.line, column: one.column });
    const words = document.createElement("span");
    words.append(...item.childNodes);
    item.append(jump, words);
    return item;
  }

  /* ---- The email ---- */

  function showMail(said) {
    const none = at("desk-none");
    none.hidden = said.none === undefined;
    at("desk-mail").classList.toggle("stale", said.none !== undefined);
    if (said.none !== undefined) {
      none.textContent = said.none;
      return;
    }
    at("desk-subject").textContent = said.subject;
    at("desk-plain").hidden = Boolean(said.frame);
    at("desk-plain").firstElementChild.textContent = said.plain;
    stage.hidden = !said.frame;
    const lists = at("desk-lists");
    if ([...lists.options].map((one) => one.value).join() !== said.lists.join()) {
      lists.replaceChildren(...said.lists.map((name) => new Option(name)));
    }
    lists.value = said.list;
    if (said.frame && said.frame !== stage.dataset.digest) {
      stage.dataset.digest = said.frame;
      showFrame();
    }
  }

  function measure(frame) {
    const page = frame.contentDocument;
    if (page && page.documentElement) frame.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height)}px`;
  }

  function settle(frame) {
    measure(frame);
    frame.classList.add("settled"); // a click before would lead the frame away
    const page = frame.contentDocument;
    if (!page) return;
    new ResizeObserver(() => measure(frame)).observe(page.documentElement);
    page.addEventListener("click", (event) => { if (event.target.closest("a[href]")) event.preventDefault(); });
  }

  function showFrame() {
    const device = stage.querySelector(".device");
    const old = device.querySelector("iframe:not(.coming)");
    device.querySelectorAll("iframe.coming").forEach((one) => one.remove());
    const frame = document.createElement("iframe");
    frame.className = "coming";
    frame.title = "The email as it would be sent";
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.src = `${root}/desk/frame/${stage.dataset.digest}?mode=${stage.dataset.mode}`;
    device.append(frame);
    arrived(frame).then(() => {
      settle(frame);
      frame.classList.remove("coming");
      if (old) old.remove();
    });
  }

  function press(button, kind) {
    button.parentElement.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    stage.dataset[kind] = button.dataset[kind === "width" ? "deskWidth" : "deskMode"];
    if (kind === "mode" && stage.dataset.digest) showFrame();
    const frame = stage.querySelector("iframe");
    if (frame) measure(frame);
  }

  /* ---- The text ---- */

  function mark(problems) {
    const worst = new Map();
    for (const one of problems) if (worst.get(one.line) !== "error") worst.set(one.line, one.severity);
    const count = text.value.split("\n").length;
    const gutter = at("gutter");
    gutter.replaceChildren(...Array.from({ length: count }, (_, number) => {
      const line = document.createElement("span");
      line.textContent = number + 1;
      line.dataset.line = number + 1;
      line.className = worst.get(number + 1) || "";
      return line;
    }));
    gutter.scrollTop = text.scrollTop;
  }

  function jump(line, column) {
    at("text-pane").open = true;
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + Math.max(0, (column || 1) - 1);
    text.focus();
    text.setSelectionRange(start, start + Math.max(0, (lines[line - 1] || "").length - (column || 1) + 1));
    text.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(text).lineHeight));
  }

  /* ---- What a person does ---- */

  function mend() {
    const worst = form.querySelector(".wrong:has(li.error)") || form.querySelector(".wrong");
    if (!worst) return jump(...["line", "column"].map((one) => Number(at("text-problems").querySelector("button").dataset[one])));
    for (let up = worst.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
    worst.querySelector("input, textarea, select").focus();
  }

  function showDay() {
    const day = form.elements["box.date"];
    form.querySelectorAll("[data-day]").forEach((one) => one.setAttribute("aria-pressed", String(Boolean(day) && one.dataset.day === day.value)));
  }

  function addRow(button) {
    const place = button.closest(".add");
    const last = place.previousElementSibling;
    const row = last.cloneNode(true);
    const number = Number(last.querySelector("[name]").name.split(".")[2]);
    const renamed = (value) => value.replace(`.${number}.`, `.${number + 1}.`).replace(`-${number}-`, `-${number + 1}-`);
    for (const one of row.querySelectorAll("*")) {
      for (const name of ["name", "id", "for", "data-box", "data-photo", "aria-describedby"]) {
        if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).split(" ").map(renamed).join(" "));
      }
      if (one.matches("input, textarea")) one.value = "";
      if (one.matches(".box-problems")) fill(one, []);
      if (one.matches(".box")) one.classList.remove("wrong");
      one.removeAttribute("aria-invalid");
    }
    row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+/, String(number + 2)));
    place.before(row);
    row.querySelector("input").focus();
  }

  async function takePhoto(input) {
    const box = at(input.dataset.photo);
    const name = at("desk-path").textContent.split("/").pop().replace(/\.yaml$/, "");
    const asked = new URLSearchParams({ wanted: box.value, name });
    const answer = await fetch(`${root}/desk/photo?${asked}`, { method: "POST", body: input.files[0], headers: { "Content-Type": "application/octet-stream" } });
    const said = answer.headers.get("content-type").includes("json") ? await answer.json() : { error: await answer.text() };
    input.value = "";
    if (said.error) {
      fill(at(`${box.id}-problems`), [sentence({ severity: "error", message: said.error, hint: "" })]);
      return;
    }
    box.value = said.path;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function ready() {
    form.querySelectorAll(".add").forEach((one) => { one.hidden = false; });
    showDay();
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-photo]")) return;
    strokes++;
    if (event.target.id !== "sentence") at("desk-from").value = event.target === text ? "text" : "form";
    touched = true;
    if (event.target === text) mark([]);
    if (event.target.name === "box.date") {
      chosen = true;
      showDay();
    }
    soon();
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-photo]")) takePhoto(event.target);
    if (event.target.name === "box.series") {
      clearTimeout(timer);
      again = chosen ? "form" : "day";
      read();
    }
  });
  form.addEventListener("submit", (event) => {
    const words = event.submitter && event.submitter.dataset.ask;
    if (words && !confirm(words)) event.preventDefault();
    else touched = false;
  });
  document.addEventListener("click", (event) => {
    const near = (selector) => event.target.closest(selector);
    const day = near("[data-day]");
    if (day) {
      form.elements["box.date"].value = day.dataset.day;
      form.elements["box.date"].dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (near("#desk-mend")) mend();
    if (near("[data-add]")) addRow(near("[data-add]"));
    if (near("[data-line]")) jump(Number(near("[data-line]").dataset.line), Number(near("[data-line]").dataset.column));
    if (near("[data-desk-width]")) press(near("[data-desk-width]"), "width");
    if (near("[data-desk-mode]")) press(near("[data-desk-mode]"), "mode");
  });
  at("desk-lists").addEventListener("change", (event) => {
    at("desk-list").value = event.target.value;
    read();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    const button = form.querySelector(".desk-bar button[name=do]");
    if (button) form.requestSubmit(button);
  });
  document.addEventListener("folder-changed", soon);
  text.addEventListener("scroll", () => { at("gutter").scrollTop = text.scrollTop; });
  const versions = document.querySelector(".versions form");
  if (versions) versions.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
  const first = stage.querySelector("iframe");
  if (first) arrived(first).then(() => settle(first));
  if (matchMedia("(max-width: 760px)").matches) stage.dataset.width = "phone";
  ready();
  read();
})();
