// One chat between a person and an account: its messages as they come, and what the person may do.
import * as api from './api.js';
import { announce, face, h, icon, iconButton } from './dom.js';
import { clock, dayName, sameDay, t } from './i18n.js';
import { bubble } from './bubbles.js';
import { composer } from './composer.js';
import { perform } from './actions.js';
import { nothing, plainName, trouble } from './home.js';

/** @param {{account: object, person: object, drafts: Map<string, string>, back: Function, follow: Function, active: Function}} deps `active` hears who may answer. */
export function chat({ account, person, drafts, back, follow, active }) {
  const key = `${account.botId}/${person.id}`;
  const log = h('div', { class: 'log', role: 'log', tabindex: '0', 'aria-label': t('chatWith', { name: account.name }), 'data-testid': 'chat-log' });
  const lineState = h('div', { class: 'line-state', role: 'status', hidden: true }, t('reconnecting'),
    h('button', { type: 'button', onclick: () => { stream.retry(); catchUp(); } }, t('retry')));
  const foot = h('div', { class: 'foot' });
  const menu = menuFor();
  const title = h('h2', { tabindex: '-1' }, account.name);
  const element = h('div', { class: 'chat' },
    h('header', { class: 'chat-head' },
      iconButton('back', t('back'), { onclick: back }),
      face(account.name, account.avatarUrl, 'account'),
      h('div', { class: 'chat-title' }, title, h('p', null, `${t('account')} · ${plainName(account)}`)),
      menu.element),
    lineState, log, foot);

  let lastSeq = 0, lastShown = null, friend = null, quick = null, typing = null, typingTimer = 0, reading = null, closed = false;
  const actions = { text, postback, photo: capture => writer.pickPhoto(capture), place: () => writer.pickPlace() };
  const writer = composer({ draft: drafts.get(key) ?? '', keep: words => drafts.set(key, words), send: post });

  function text(words) { return post({ type: 'text', text: words }); }

  /** Sends; until the sandbox has taken the message it stands here as waiting, and if it does not take it, with the reason and a second try. */
  async function post(message) {
    await attempt(message, () => api.send(account.botId, person.id, message));
  }

  async function postback(body) {
    await attempt(body.displayText ? { type: 'text', text: body.displayText } : null, () => api.postback(account.botId, person.id, body));
  }

  async function attempt(message, deliver) {
    const standIn = message ? row('person', bubble(message, context()), new Date(), 'waiting') : null;
    if (standIn) append(standIn);
    setQuick(null);
    try {
      await deliver();
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      const failed = standIn ?? row('person', bubble({ type: 'text', text: '…' }, context()), new Date(), 'waiting');
      if (!standIn) append(failed);
      fail(failed, error, () => attempt(message, deliver));
      return;
    }
    await catchUp();
    standIn?.remove();
    tidy();
  }

  function fail(standIn, error, again) {
    standIn.classList.replace('waiting', 'failed');
    const words = t('notSent', { reason: error.words });
    const note = h('div', { class: 'failure' }, words,
      h('button', { type: 'button', onclick: () => { drop(); again(); } }, t('resend')),
      h('button', { type: 'button', onclick: () => drop() }, t('discard')));
    const drop = () => { standIn.remove(); note.remove(); };
    standIn.after(note);
    announce(words);
    toEnd();
  }

  /** Reads what is newer than what is shown; calls that overlap wait for one another, so that nothing shows twice. */
  function catchUp() {
    reading = (reading ?? Promise.resolve()).then(async () => {
      try {
        const answer = await api.messages(account.botId, person.id, lastSeq);
        if (closed) return;
        answer.messages.forEach(receive);
        active(answer.active);
        if (answer.friend !== friend) setFriend(answer.friend);
      } catch (error) {
        if (!(error instanceof api.ApiError)) throw error;
        lineState.hidden = false;
        if (lastSeq === 0 && friend === null) log.replaceChildren(trouble(catchUp).element);
      }
    });
    return reading;
  }

  function receive(entry) {
    if (entry.seq <= lastSeq) return;
    lastSeq = entry.seq;
    const at = new Date(entry.at);
    if (entry.from === 'account') setTyping(0);
    const before = atEnd();
    log.querySelector('.empty')?.remove();
    if (!lastShown || !sameDay(lastShown.at, at)) place(h('div', { class: 'day', role: 'separator' }, dayName(at)));
    const sender = entry.message.sender;
    const follows = lastShown?.from === entry.from && lastShown.sender === sender?.name && sameDay(lastShown.at, at);
    place(row(entry.from, bubble(entry.message, context()), at, follows ? 'follows' : '', sender, entry.message));
    lastShown = { from: entry.from, at, sender: sender?.name };
    setQuick(entry.from === 'account' ? entry.message.quickReply?.items : null);
    if (before || entry.from === 'person') toEnd();
  }

  const context = () => ({ act: action => perform(action, actions), name: account.name });

  function row(from, shown, at, state, sender, message) {
    const time = h('time', { datetime: at.toISOString() }, clock(at));
    const own = from === 'person';
    const who = own ? t('you') : sender?.name ?? account.name;
    shown.element.prepend(h('span', { class: 'visually-hidden' }, t('says', { name: who, text: '' })));
    return h('div', {
      class: `message ${own ? 'own' : ''} ${state} ${shown.wide ? 'wide' : ''}`,
      'data-testid': 'bubble', 'data-from': from, 'data-type': message?.type ?? null,
    },
      own ? null : face(who, sender?.iconUrl ?? account.avatarUrl, 'account'),
      !own && sender?.name && state !== 'follows' ? h('div', { class: 'who' }, sender.name) : null,
      h('div', { class: 'line' }, shown.element, time));
  }

  // Messages that the sandbox has come before those that still wait or failed, and before the typing dots.
  const place = node => log.insertBefore(node, log.querySelector('.waiting, .failed') ?? typing);
  function append(node) {
    log.querySelector('.empty')?.remove();
    log.insertBefore(node, typing);
    toEnd();
  }

  // When the keyboard, a drawer or quick replies take room away, the newest message stays in sight.
  let stuck = true;
  log.addEventListener('scroll', () => { stuck = atEnd(); });
  const room = new ResizeObserver(() => { if (stuck) toEnd(); });
  room.observe(log);
  log.addEventListener('load', () => { if (stuck) toEnd(); }, { capture: true }); // A picture that has just got its height.

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  function toEnd() { log.scrollTop = log.scrollHeight; }

  function setQuick(items) {
    quick?.remove();
    quick = null;
    if (!items?.length || friend !== 'friend') return;
    quick = h('div', { class: 'quick', role: 'group', 'aria-label': t('quickReplies') }, items.map(item =>
      h('button', { type: 'button', 'data-testid': 'quick-reply', onclick: () => perform(item.action, actions) },
        item.imageUrl ? h('img', { src: item.imageUrl, alt: '' }) : null, item.action.label ?? item.action.type)));
    foot.prepend(quick);
    toEnd();
  }

  function setTyping(seconds) {
    clearTimeout(typingTimer);
    typing?.remove();
    typing = null;
    if (seconds <= 0) return;
    typing = row('account', { element: h('div', { class: 'bubble typing' }, h('i'), h('i'), h('i')) }, new Date(), 'is-typing');
    typing.querySelector('time').remove();
    log.append(typing);
    announce(t('typing', { name: account.name }));
    typingTimer = setTimeout(() => setTyping(0), seconds * 1000);
    toEnd();
  }

  function setFriend(now) {
    friend = now;
    menu.draw();
    quick = null;
    if (now === 'friend') {
      foot.replaceChildren(writer.element);
    } else {
      const blocked = now === 'blocked';
      foot.replaceChildren(h('div', { class: 'gate' },
        h('p', null, blocked ? t('blockedHint', { name: account.name }) : t('strangerHint')),
        h('button', { type: 'button', class: 'primary', 'data-testid': blocked ? 'unblock' : 'add-friend', onclick: befriend }, icon('add'), blocked ? t('unblock') : t('addFriend'))));
    }
    tidy();
  }

  async function befriend() { await change(() => follow(account)); }

  async function change(doing) {
    try {
      await doing();
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      lineState.hidden = false;
      announce(error.words);
      return;
    }
    await catchUp();
    (foot.querySelector('textarea, .primary') ?? title).focus();
  }

  function menuFor() {
    const list = h('div', { class: 'menu-list', role: 'menu', hidden: true });
    const button = iconButton('more', t('menu'), { 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'data-testid': 'chat-menu', onclick: () => open(list.hidden) });
    const open = now => {
      list.hidden = !now;
      button.setAttribute('aria-expanded', String(now));
      if (now) list.querySelector('button')?.focus();
    };
    const draw = () => {
      const [label, doing, drawing] = friend === 'friend'
        ? [t('block'), () => api.block(account.botId, person.id), 'block']
        : [friend === 'blocked' ? t('unblock') : t('addFriend'), () => follow(account), 'add'];
      list.replaceChildren(h('button', { type: 'button', role: 'menuitem', 'data-testid': 'menu-friend', onclick: () => { open(false); change(doing); } }, icon(drawing), label));
    };
    const element = h('div', { class: 'menu', onkeydown: event => { if (event.key === 'Escape' && !list.hidden) { open(false); button.focus(); } } }, button, list);
    element.addEventListener('focusout', event => { if (!element.contains(event.relatedTarget)) open(false); });
    return { element, draw };
  }

  /** An empty chat says so; one that has something does not. */
  function tidy() {
    const has = log.querySelector('.message, .failure');
    const empty = log.querySelector('.empty');
    if (has) empty?.remove();
    else log.replaceChildren(nothing('hello', t('emptyChat'), t('emptyChatHint', { name: account.name })));
  }

  const stream = api.chatStream(account.botId, person.id, {
    on: {
      message: entry => { if (entry.seq === lastSeq + 1) receive(entry); else catchUp(); },
      typing: data => setTyping(data.seconds),
      friend: data => { if (data.friend !== friend) setFriend(data.friend); },
    },
    state: connected => {
      lineState.hidden = connected;
      if (connected) catchUp(); // What passed while the line was down.
    },
  });
  catchUp().then(() => { if (!closed) title.focus({ preventScroll: true }); });

  return {
    element,
    close() {
      closed = true;
      clearTimeout(typingTimer);
      room.disconnect();
      stream.close();
    },
  };
}

