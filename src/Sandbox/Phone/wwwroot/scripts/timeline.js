// The panel beside the phone: what passes between LINE, the gateway and the modules, merged in order of time.
import * as api from './api.js';
import { h, icon, iconButton, toast } from './dom.js';
import { clock, t } from './i18n.js';
import { describe } from './entries.js';
import { nothing } from './home.js';

const keptMax = 500; // Lines; older ones leave the page.

/** @param {HTMLElement} panel Filled by this. */
export function timeline(panel) {
  let account = null, person = null, stream = null, connected = true, activeNow = null;
  let entries = [], held = [], paused = false, onlyThisChat = false;
  let atEnd = true; // Whoever has not scrolled back sees the newest, also when a keyboard on the screen takes room.
  let fitted = ''; // The list's size when it was last brought to its end.
  const size = new ResizeObserver(() => {
    fitted = sizeOf(parts.list);
    toEnd();
  });
  const seen = new Set(), opened = new Set(), ownerOf = new Map(); // ownerOf: chat id as a channel sees it -> person.
  const parts = {};

  /** Listens to this account from now on; null keeps what is shown, so that leaving a chat does not wipe its story. */
  function follow(nextAccount, nextPerson) {
    person = nextPerson;
    activeNow = null;
    if (nextAccount && nextAccount.botId !== account?.botId) {
      stream?.close();
      account = nextAccount;
      forget();
      seen.clear();
      ownerOf.clear();
      stream = api.timelineStream(account.botId, {
        on: { entry: arrive },
        state: now => {
          connected = now;
          parts.broken.hidden = now;
        },
      });
    }
    redraw();
  }

  /** What LINE says about the open chat, before any entry has told it. */
  function activeIs(active) {
    activeNow = active;
    drawNow();
  }

  function forget() {
    entries = [];
    held = [];
    opened.clear();
  }

  function arrive(entry) {
    const key = `${entry.id}/${entry.at}`; // Numbers begin again when the sandbox does.
    if (seen.has(key)) return; // A stream that reconnects tells its kept entries again.
    seen.add(key);
    const known = { ...entry, key, time: new Date(entry.at), source: entry.source };
    if (known.chatId && known.personId) ownerOf.set(known.chatId, known.personId);
    known.personId ??= ownerOf.get(known.chatId);
    if (paused) {
      held.push(known);
      drawPause();
    } else {
      insert(known);
    }
  }

  /** Two feeds with their own delays: an entry goes where its time says, which is nearly always the end. */
  function insert(entry) {
    let index = entries.length;
    while (index > 0 && entries[index - 1].time > entry.time) index--;
    entries.splice(index, 0, entry);
    if (isShown(entry)) {
      parts.list.querySelector('.none')?.remove();
      const after = entries.slice(index + 1).find(isShown);
      parts.list.insertBefore(line(entry), after ? parts.list.querySelector(`[data-key="${CSS.escape(after.key)}"]`) : null);
    }
    if (entries.length > keptMax) parts.list.querySelector(`[data-key="${CSS.escape(entries.shift().key)}"]`)?.remove();
    if (isMine(entry) && entry.active) activeNow = entry.active;
    drawNow();
    toEnd();
  }

  function toEnd() {
    if (atEnd) parts.list.scrollTop = parts.list.scrollHeight;
  }

  const sizeOf = list => `${list.clientWidth} ${list.clientHeight}`;

  /** A person scrolled; what moves because the window changes its size is nobody's wish. */
  function scrolled() {
    if (sizeOf(parts.list) === fitted) atEnd = parts.list.scrollHeight - parts.list.scrollTop - parts.list.clientHeight < 80;
  }

  const isMine = entry => person !== null && entry.personId === person.id;
  const isShown = entry => !onlyThisChat || isMine(entry) || !entry.personId && !entry.chatId;

  function line(entry) {
    const told = describe(entry);
    const item = h('li', { class: `entry ${isMine(entry) ? 'mine' : ''} ${entry.kind === 'moved' ? 'handover' : ''} ${entry.kind === 'clock' ? 'passing' : ''}`, 'data-key': entry.key, 'data-testid': 'timeline-entry', 'data-kind': entry.kind, 'data-source': entry.source });
    const button = h('button', { type: 'button', class: 'entry-line', 'aria-expanded': 'false', onclick: () => toggle() },
      h('time', { datetime: entry.at }, told.time),
      h('span', { class: 'entry-what' }, told.from, h('b', null, told.title), told.chips),
      h('span', { class: 'entry-end' }, told.end),
      told.note.length ? h('span', { class: 'entry-note' }, told.note) : null);
    const toggle = () => {
      const open = button.getAttribute('aria-expanded') !== 'true';
      button.setAttribute('aria-expanded', String(open));
      if (open) opened.add(entry.key);
      else opened.delete(entry.key);
      if (open) item.append(whole(told.all));
      else item.querySelector('.entry-all').remove();
    };
    item.append(button);
    if (opened.has(entry.key)) toggle();
    return item;
  }

  const whole = text => h('div', { class: 'entry-all' }, h('pre', { tabindex: '0' }, text),
    iconButton('copy', t('copyAll'), { onclick: async () => { await navigator.clipboard.writeText(text); toast(t('copied')); } }));

  /** Who answers in the open chat: the module as the gateway says, and the channel as LINE says. */
  function drawNow() {
    const said = entries.filter(isMine).reduce(nextToAnswer, null);
    const module = said && (said.who ?? t('linesOwnChannel'));
    const active = activeNow;
    const until = said?.until ?? active?.expiresAt;
    const held = until ? t('until', { time: clock(new Date(until)) }) : '';
    const channel = active && (active.kind === 'none' ? t('noOne') : active.kind === 'primary' ? t('primaryChannel') : active.channel?.name);
    parts.now.hidden = !account;
    parts.now.replaceChildren(h('span', null, t('answersNow')),
      module || channel ? h('b', null, module ?? channel) : h('small', null, t('nobodyYet')),
      held ? h('small', null, held) : '', said ? h('small', null, t('epoch', { n: said.epoch })) : '',
      module && channel ? h('small', null, `${t('fromLine')}: ${channel}`) : '');
  }

  /** Who answers after this entry, as the gateway says: with each event, and with each change of hands. */
  function nextToAnswer(now, entry) {
    if (entry.kind === 'moved' && entry.chatId) return { who: entry.answers, until: entry.until, epoch: entry.epoch };
    if (entry.kind === 'routed') return { who: entry.answers, until: entry.answers === now?.who ? now?.until : undefined, epoch: entry.epoch };
    return now;
  }

  async function passHour() {
    try {
      const { now } = await api.letAnHourPass(account.botId);
      toast(t('hourPassed', { time: clock(new Date(now)) }));
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      toast(error.words);
    }
  }

  function drawPause() {
    parts.pause.replaceChildren(icon(paused ? 'play' : 'pause'), paused ? t('resume', { count: held.length }) : t('pause'));
    parts.pause.setAttribute('aria-pressed', String(paused));
  }

  function setPaused(now) {
    paused = now;
    if (!paused) held.splice(0).forEach(insert);
    drawPause();
  }

  function drawList() {
    const shown = entries.filter(isShown);
    parts.list.replaceChildren(...shown.map(line));
    if (shown.length === 0)
      parts.list.append(h('li', { class: 'none' }, account ? nothing('steps', t('timelineEmpty'), t('timelineEmptyHint')) : nothing('steps', t('timelineNoAccount'), t('timelineNoAccountHint'))));
    atEnd = true;
    toEnd();
  }

  function redraw() {
    parts.pause = h('button', { type: 'button', 'data-testid': 'timeline-pause', onclick: () => setPaused(!paused) });
    parts.hour = h('button', { type: 'button', 'data-testid': 'let-an-hour-pass', disabled: !account, onclick: passHour }, icon('clock'), t('letAnHourPass'));
    parts.now = h('div', { class: 'now', role: 'status', 'data-testid': 'answers-now' });
    parts.broken = h('span', { class: 'chip wrong', role: 'status', hidden: connected }, t('reconnecting'));
    parts.list = h('ol', { class: 'entries', tabindex: '0', 'aria-label': t('timeline'), onscroll: scrolled });
    size.disconnect();
    size.observe(parts.list);
    const filter = h('select', { 'aria-label': t('chatFilter'), onchange: event => { onlyThisChat = event.target.value === 'this'; drawList(); } },
      h('option', { value: 'all', selected: !onlyThisChat }, t('allChats')), h('option', { value: 'this', selected: onlyThisChat }, t('thisChat')));
    panel.setAttribute('aria-label', t('timeline'));
    panel.replaceChildren(
      h('div', { class: 'timeline-head' },
        h('div', { class: 'timeline-title' }, h('h2', null, t('timeline')), parts.broken),
        h('p', null, t('timelineIntro')),
        h('div', { class: 'controls' }, filter, parts.pause, h('button', { type: 'button', 'data-testid': 'timeline-clear', onclick: () => { forget(); drawList(); drawNow(); drawPause(); } }, icon('clear'), t('clear')), parts.hour)),
      parts.now, parts.list);
    drawPause();
    drawNow();
    drawList();
  }

  return { follow, activeIs, redraw };
}
