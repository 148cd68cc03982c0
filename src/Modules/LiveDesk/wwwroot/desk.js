"use strict";
const bot = new URLSearchParams(location.search).get("bot");
const api = "desk/api";
const at = id => document.getElementById(id);
let chats = [];
let openId = Number(location.hash.slice(1)) || null;
let shown = null; // The open conversation as the server said it last.
let isLive = false;
let typedAt = 0;

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(`${api}${path}`, options);
  } catch {
    return { code: "unreachable" };
  }

  if (response.ok)
    return { data: response.status === 204 ? null : await response.json() };

  const isProblem = (response.headers.get("Content-Type") ?? "").includes("json");
  const problem = isProblem ? await response.json() : {};
  return { code: problem.code === "away" || response.status >= 500 ? "unreachable" : problem.code ?? "refused", detail: problem.detail ?? response.status };
}

function post(path, body) {
  return call(path, { method: "POST", ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }) });
}

function complain(result) {
  at("trouble").hidden = !result.code;
  at("trouble").textContent = !result.code ? "" : hasWord(result.code) ? word(result.code, { detail: result.detail ?? "" }) : result.detail;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined)
    made.textContent = text;

  return made;
}

function time(instant) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(instant));
}

function nameOf(chat) {
  return chat.name ?? `${word(chat.kind === "user" ? "unnamed" : "group")} ${chat.id}`;
}

function lineText(line) {
  if (line.kind === "unsent")
    return word("customerGone");

  return line.kind === "text" ? line.text : word(hasWord(line.kind) ? line.kind : "unknown", { text: line.text });
}

function face(chat) {
  const made = element("span", "face", nameOf(chat).slice(0, 1));
  made.ariaHidden = "true";
  if (chat.pictureUrl) {
    const picture = new Image();
    picture.alt = "";
    picture.onload = () => made.replaceChildren(picture);
    picture.src = chat.pictureUrl;
  }

  return made;
}

function showList() {
  const unread = chats.reduce((sum, chat) => sum + chat.unreadCount, 0);
  document.title = (unread > 0 ? `(${unread}) ` : "") + word("title"); // Seen in the tab while the desk works elsewhere.
  at("nobody").hidden = chats.length > 0;
  const focusedId = document.activeElement?.dataset?.chat;
  at("chats").replaceChildren(...chats.map(chat => {
    const item = document.createElement("li");
    const button = element("button", "chat");
    button.type = "button";
    button.dataset.chat = chat.id;
    button.ariaCurrent = String(chat.id === openId);
    const badges = element("span", "badges");
    if (chat.unreadCount > 0)
      badges.append(element("span", "badge new", String(chat.unreadCount)));
    if (chat.isHeld)
      badges.append(element("span", "badge ours", word("ours")));

    button.append(face(chat), element("span", "name", nameOf(chat)), badges, element("span", "last", `${time(chat.lastAt)}  ${chat.lastText}`));
    button.addEventListener("click", () => open(chat.id));
    item.append(button);
    return item;
  }));
  if (focusedId)
    at("chats").querySelector(`[data-chat="${focusedId}"]`)?.focus();
}

function lineElement(line) {
  if (line.kind === "note") {
    const key = { held: "noteHeld", standby: "noteStandby" }[line.text] ?? line.text;
    return element("li", "line note", `${word(key)} · ${time(line.at)}`);
  }

  const item = element("li", `line ${line.from} ${line.state}`);
  item.append(element("div", "bubble", lineText(line)));
  const reason = line.error === "away" ? "unreachable" : line.error;
  const isTold = reason && reason !== "refused" && hasWord(reason); // What the platform refused was said in full when it happened.
  const state = line.state === "sent" ? "" : ` · ${word(line.state)}${isTold ? `: ${word(reason)}` : ""}`;
  item.append(element("div", "meta", time(line.at) + state));
  if (line.state === "failed" && line.from === "agent") {
    const again = element("button", "plain again", word("again"));
    again.type = "button";
    again.addEventListener("click", () => act(() => post(`/chats/${openId}/messages/${line.id}/again`), again));
    item.append(again);
  }

  return item;
}

function holderText(chat) {
  if (chat.account !== "attached")
    return word(chat.account);

  return !chat.isHeld ? word("others") : chat.holdEndsAt ? word("heldUntil", { time: time(chat.holdEndsAt) }) : word("held");
}

function showTalk() {
  at("desk").dataset.view = shown ? "talk" : "list";
  at("talk").hidden = !shown;
  at("choose").hidden = Boolean(shown);
  if (!shown)
    return;

  const { chat, messages } = shown;
  at("person").textContent = nameOf(chat);
  at("holder").textContent = holderText(chat);
  at("control").textContent = word(chat.isHeld ? "release" : "take");
  at("control").className = chat.isHeld ? "" : "main";
  at("control").disabled = chat.account !== "attached";
  at("draft").disabled = at("send").disabled = !chat.isHeld;
  at("draft").placeholder = word(chat.isHeld ? "draftHint" : "draftHeldByOthers");

  const lines = at("lines");
  const isAtEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80 || lines.dataset.chat !== String(chat.id);
  lines.dataset.chat = chat.id;
  lines.replaceChildren(...messages.map(lineElement));
  if (isAtEnd)
    lines.scrollTop = lines.scrollHeight;
}

function show() {
  document.documentElement.lang = language;
  translate(document);
  at("language").textContent = word("other");
  at("link").textContent = word(isLive ? "live" : "away");
  showList();
  showTalk();
}

async function loadList() {
  const result = await call(`/chats${bot ? `?bot=${encodeURIComponent(bot)}` : ""}`);
  if (!result.code)
    chats = result.data.chats;

  showList();
}

async function loadTalk() {
  const id = openId;
  if (!id)
    return;

  const result = await call(`/chats/${id}`);
  if (openId !== id) // Another chat was opened meanwhile.
    return;

  if (result.code)
    return complain(result);

  shown = result.data;
  showTalk();
  if (shown.chat.unreadCount > 0 && !document.hidden)
    await post(`/chats/${id}/read`);
}

async function open(id) {
  openId = id;
  history.replaceState(null, "", id ? `#${id}` : location.pathname + location.search);
  complain({});
  if (!id) {
    shown = null;
    return show();
  }

  at("draft").value = sessionStorage.getItem(`draft-${id}`) ?? "";
  await loadTalk();
  showList();
  if (shown?.chat.isHeld)
    at("draft").focus();
}

async function act(action, button) {
  button.disabled = true;
  const result = await action();
  button.disabled = false;
  complain(result);
  await Promise.all([loadTalk(), loadList()]);
  return !result.code;
}

async function send() {
  const id = openId;
  const text = at("draft").value.trim();
  if (!text || at("send").disabled)
    return;

  // Kept until the server has it: a failed line stays in the conversation with its own button.
  at("draft").value = "";
  const result = await post(`/chats/${id}/messages`, { text });
  const isRecorded = !result.code || ["refused", "monthly-limit"].includes(result.code);
  await Promise.all([loadTalk(), loadList()]);
  const isInTalk = shown?.messages.some(line => line.from === "agent" && line.state === "failed" && line.text === text);
  if (!isRecorded && !isInTalk && openId === id && !at("draft").value)
    at("draft").value = text;

  complain(result);
  sessionStorage.setItem(`draft-${id}`, at("draft").value);
  at("draft").focus();
}

function listen() {
  const stream = new EventSource(`${api}/stream`);
  stream.addEventListener("changed", event => {
    const { id } = JSON.parse(event.data);
    isLive = true;
    at("link").textContent = word("live");
    loadList();
    if (id === 0 || id === openId)
      loadTalk();
  });
  stream.addEventListener("error", () => {
    isLive = false;
    at("link").textContent = word("away");
  });
}

at("control").addEventListener("click", () => act(() => post(`/chats/${openId}/${shown.chat.isHeld ? "release" : "take"}`), at("control")));
at("back").addEventListener("click", () => open(null));
at("write").addEventListener("submit", event => {
  event.preventDefault();
  send();
});
at("draft").addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) // While an input method composes, Enter chooses a word.
    return;

  event.preventDefault();
  send();
});
at("draft").addEventListener("input", () => {
  sessionStorage.setItem(`draft-${openId}`, at("draft").value);
  if (!shown?.chat.isHeld || Date.now() - typedAt < 5000)
    return;

  typedAt = Date.now();
  post(`/chats/${openId}/typing`).then(result => result.code && complain(result));
});
at("language").addEventListener("click", () => {
  language = language === "en" ? "zh-TW" : "en";
  localStorage.setItem("lang", language);
  show();
});
document.addEventListener("visibilitychange", () => !document.hidden && loadTalk());
setInterval(() => shown?.chat.holdEndsAt && new Date(shown.chat.holdEndsAt) <= new Date() && loadTalk(), 5000); // A hold runs out without a word.

show();
loadList();
listen();
if (openId)
  open(openId);
