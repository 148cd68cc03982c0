// The messages of one chat: bubbles with their times, days between them, what still waits to be sent, and the typing dots at the end.
import { announce, face, h } from './dom.js';
import { clock, dayName, sameDay, t } from './i18n.js';
import { bubble, noticeWords, preview } from './bubbles.js';
import { nothing } from './home.js';

const nearEnd = 80; // Pixels: who is this close to the newest message wants to stay with it.

/**
 * @param {{account: object, nameOf: (personId: string) => object, me: string, act: (action: object, entry: object) => void, opened: (entry: object, url: string) => void, watched: (trackingId: string) => void, coupon: (id: string) => Promise<object|null>, choose: (entry: object) => void}} deps
 * `act` does what a button in a message asks for; `opened` hears of a link in its text that was followed; `coupon` finds what the account made of one; `choose` offers what can be done with a message.
 */
export function chatLog({ account, nameOf, me, act, opened, watched, coupon, choose }) {
  // Silent until the story so far is shown: a screen reader is to read what comes, not all that was.
  const element = h('div', { class: 'log', role: 'log', 'aria-live': 'off', tabindex: '0', 'aria-label': t('chatWith', { name: account.name }), 'data-testid': 'chat-log' });
  let last = null, typing = null, typingTimer = 0, atEnd = true, readSeq = 0;
  const entries = []; // For what quotes them.

  /** Who a message is from, as this phone sees it: its owner, another member of the group, or the account. */
  function author({ from, by, message }) {
    if (from === 'person' && (!by || by === me)) return { key: 'me', own: true, name: t('you') };
    if (from === 'person') return { key: by, name: nameOf(by)?.name ?? t('member'), avatarUrl: nameOf(by)?.avatarUrl, isNamed: true };
    return { key: `account/${message.sender?.name ?? ''}`, name: message.sender?.name ?? account.name, avatarUrl: message.sender?.iconUrl ?? account.avatarUrl, kind: 'account', isNamed: Boolean(message.sender?.name) };
  }

  function row(entry, at, state) {
    const { message } = entry;
    const who = author(entry);
    const shown = bubble(message, { act: action => act(action, entry), watched, coupon });
    shown.element.addEventListener('click', event => { // A link in its words: the browser follows it by itself.
      const link = event.target.closest('a[href]');
      if (link) opened(entry, link.getAttribute('href'));
    });
    shown.element.prepend(h('span', { class: 'visually-hidden' }, t('says', { name: who.name, text: '' })));
    const quoted = quotedBy(message);
    if (quoted) shown.element.prepend(h('div', { class: 'quoted' }, h('b', null, author(quoted).name), h('span', null, preview(quoted.message))));
    return h('div', {
      class: `message ${who.own ? 'own' : ''} ${state} ${shown.wide ? 'wide' : ''}`,
      'data-testid': 'bubble', 'data-from': entry.from, 'data-type': message.type, 'data-seq': entry.seq,
    },
      who.own ? null : face(who.name, who.avatarUrl, who.kind),
      who.isNamed && state !== 'follows' ? h('div', { class: 'who' }, who.name) : null,
      h('div', { class: 'line' }, shown.element, when(entry, at)));
  }

  /** The time, which is also the way to what can be done with a message. */
  function when(entry, at) {
    const read = h('small', { class: 'read', hidden: !(entry.from === 'person' && entry.seq <= readSeq) }, t('read'));
    const time = h('time', { datetime: at.toISOString() }, clock(at));
    if (!entry.id || entry.message.type === 'unsent') return h('div', { class: 'when' }, read, time);
    return h('button', { type: 'button', class: 'when', 'aria-haspopup': 'dialog', 'aria-label': `${clock(at)} ${t('messageMenu')}`, 'data-testid': 'message-menu', onclick: () => choose(entry) }, read, time);
  }

  const quotedBy = message => entries.find(entry => message.quotedMessageId ? entry.id === message.quotedMessageId : message.quoteToken && entry.quoteToken === message.quoteToken);

  /** Messages that the sandbox has stand before those that still wait or failed, and before the typing dots. */
  function receive(entry) {
    const { seq, from, by, at: time, message } = entry;
    if (seq <= (last?.seq ?? 0)) return;
    const at = new Date(time);
    const own = from === 'person' && (!by || by === me);
    const stay = atEnd || own;
    if (from === 'account') setTyping(0);
    if (own) element.querySelector('.waiting')?.remove(); // It stood in for this one.
    element.querySelector('.empty')?.remove();
    const place = node => element.insertBefore(node, element.querySelector('.waiting, .failed') ?? typing);
    if (!last || !sameDay(last.at, at)) place(h('div', { class: 'day', role: 'separator' }, dayName(at)));
    const key = from === 'notice' ? 'notice' : author(entry).key;
    if (from === 'notice') place(h('div', { class: 'day', 'data-testid': 'notice' }, noticeWords(message)));
    else place(row(entry, at, last?.key === key && sameDay(last.at, at) ? 'follows' : ''));
    entries.push(entry);
    last = { seq, key, at };
    if (stay) toEnd();
  }

  /** A message that was taken back or edited. */
  function change(entry) {
    const index = entries.findIndex(one => one.seq === entry.seq);
    if (index < 0) return;
    entries[index] = entry;
    const old = element.querySelector(`[data-seq="${entry.seq}"]`);
    old?.replaceWith(row(entry, new Date(entry.at), old.classList.contains('follows') ? 'follows' : ''));
  }

  /** The account has read all up to this one. */
  function setRead(seq) {
    readSeq = Math.max(readSeq, seq);
    for (const mark of element.querySelectorAll('.message[data-from="person"][data-seq] .read')) mark.hidden = Number(mark.closest('[data-seq]').dataset.seq) > readSeq;
  }

  /** Shows a message that is on its way. @returns {HTMLElement} What to remove, or to hand to `fail`. */
  function wait(message) {
    const standIn = row({ from: 'person', message: message.dataUrl ? { type: 'image', originalContentUrl: message.dataUrl } : message }, new Date(), 'waiting');
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
    if (element.querySelector('.message, .failure, .day')) empty?.remove();
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
    element, receive, change, setRead, wait, fail, setTyping, tidy, show,
    lastSeq: () => last?.seq ?? 0,
    settle: () => element.setAttribute('aria-live', 'polite'),
    close() {
      clearTimeout(typingTimer);
      room.disconnect();
    },
  };
}
