// The messages of one chat: bubbles with their times, days between them, what still waits to be sent, and the typing dots at the end.
import { announce, face, h } from './dom.js';
import { clock, dayName, sameDay, t } from './i18n.js';
import { bubble } from './bubbles.js';
import { nothing } from './home.js';

const nearEnd = 80; // Pixels: who is this close to the newest message wants to stay with it.

/** @param {{account: object, act: (action: object) => void}} deps `act` does what a button in a message asks for. */
export function chatLog({ account, act }) {
  // Silent until the story so far is shown: a screen reader is to read what comes, not all that was.
  const element = h('div', { class: 'log', role: 'log', 'aria-live': 'off', tabindex: '0', 'aria-label': t('chatWith', { name: account.name }), 'data-testid': 'chat-log' });
  let last = null, typing = null, typingTimer = 0, atEnd = true;

  function row(from, message, at, state) {
    const shown = bubble(message, { act });
    const own = from === 'person';
    const who = own ? t('you') : message.sender?.name ?? account.name;
    shown.element.prepend(h('span', { class: 'visually-hidden' }, t('says', { name: who, text: '' })));
    return h('div', {
      class: `message ${own ? 'own' : ''} ${state} ${shown.wide ? 'wide' : ''}`,
      'data-testid': 'bubble', 'data-from': from, 'data-type': message.type,
    },
      own ? null : face(who, message.sender?.iconUrl ?? account.avatarUrl, 'account'),
      !own && message.sender?.name && state !== 'follows' ? h('div', { class: 'who' }, message.sender.name) : null,
      h('div', { class: 'line' }, shown.element, h('time', { datetime: at.toISOString() }, clock(at))));
  }

  /** Messages that the sandbox has stand before those that still wait or failed, and before the typing dots. */
  function receive({ seq, from, at: time, message }) {
    if (seq <= (last?.seq ?? 0)) return;
    const at = new Date(time);
    const stay = atEnd || from === 'person';
    if (from === 'account') setTyping(0);
    if (from === 'person') element.querySelector('.waiting')?.remove(); // It stood in for this one.
    element.querySelector('.empty')?.remove();
    const place = node => element.insertBefore(node, element.querySelector('.waiting, .failed') ?? typing);
    if (!last || !sameDay(last.at, at)) place(h('div', { class: 'day', role: 'separator' }, dayName(at)));
    const follows = last?.from === from && last.sender === message.sender?.name && sameDay(last.at, at);
    place(row(from, message, at, follows ? 'follows' : ''));
    last = { seq, from, at, sender: message.sender?.name };
    if (stay) toEnd();
  }

  /** Shows a message that is on its way. @returns {HTMLElement} What to remove, or to hand to `fail`. */
  function wait(message) {
    const standIn = row('person', message.dataUrl ? { type: 'image', originalContentUrl: message.dataUrl } : message, new Date(), 'waiting');
    element.querySelector('.empty')?.remove();
    element.insertBefore(standIn, typing);
    toEnd();
    return standIn;
  }

  function fail(standIn, reason, again) {
    const words = t('notSent', { reason });
    const drop = () => {
      standIn.remove();
      note.remove();
      tidy();
    };
    const note = h('div', { class: 'failure' }, words,
      h('button', { type: 'button', onclick: () => { drop(); again(); } }, t('resend')),
      h('button', { type: 'button', onclick: drop }, t('discard')));
    standIn.classList.replace('waiting', 'failed');
    standIn.after(note);
    announce(words);
    toEnd();
  }

  /** The dots, for so many seconds or until the account says something. */
  function setTyping(seconds) {
    clearTimeout(typingTimer);
    typing?.remove();
    typing = null;
    if (seconds <= 0) return;
    typing = h('div', { class: 'message' }, face(account.name, account.avatarUrl, 'account'),
      h('div', { class: 'line' }, h('div', { class: 'bubble typing', 'data-testid': 'typing', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'))));
    element.append(typing);
    announce(t('typing', { name: account.name }));
    typingTimer = setTimeout(() => setTyping(0), seconds * 1000);
    toEnd();
  }

  /** An empty chat says so; one that has something does not. */
  function tidy() {
    const empty = element.querySelector('.empty');
    if (element.querySelector('.message, .failure')) empty?.remove();
    else show(nothing('hello', t('emptyChat'), t('emptyChatHint', { name: account.name })));
  }

  const show = node => element.replaceChildren(node);
  function toEnd() { element.scrollTop = element.scrollHeight; }
  const keepEnd = () => { if (atEnd) toEnd(); };

  // When the keyboard, a drawer or quick replies take room away, or a picture gets its height, the newest message stays in sight.
  element.addEventListener('scroll', () => { atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd; });
  element.addEventListener('load', keepEnd, { capture: true });
  const room = new ResizeObserver(keepEnd);
  room.observe(element);

  return {
    element, receive, wait, fail, setTyping, tidy, show,
    lastSeq: () => last?.seq ?? 0,
    settle: () => element.setAttribute('aria-live', 'polite'),
    close() {
      clearTimeout(typingTimer);
      room.disconnect();
    },
  };
}
