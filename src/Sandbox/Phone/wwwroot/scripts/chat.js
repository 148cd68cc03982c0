// One chat between a person and an account: what is said, as it comes, and what the person may do.
import * as api from './api.js';
import { face, h, icon, iconButton, toast } from './dom.js';
import { t } from './i18n.js';
import { composer } from './composer.js';
import { perform } from './actions.js';
import { chatLog } from './chat-log.js';
import { chatMenu } from './chat-menu.js';
import { plainName, trouble } from './home.js';

/** @param {{account: object, person: object, drafts: Map<string, string>, back: Function, follow: Function, active: Function}} deps `active` hears who may answer. */
export function chat({ account, person, drafts, back, follow, active }) {
  const key = `${account.botId}/${person.id}`;
  let friend = null, quickItems = null, reading = Promise.resolve(), closed = false;

  const log = chatLog({ account, act: action => perform(action, actions) });
  const writer = composer({ draft: drafts.get(key) ?? '', keep: words => drafts.set(key, words), send });
  const actions = { text: text => send({ type: 'text', text }), postback, photo: writer.pickPhoto, place: writer.pickPlace };
  const menu = chatMenu({ befriend, block: () => change(() => api.block(account.botId, person.id)) });
  const lineState = h('div', { class: 'line-state', role: 'status', hidden: true }, t('reconnecting'),
    h('button', { type: 'button', onclick: () => { stream.retry(); catchUp(); } }, t('retry')));
  const quick = h('div', { class: 'quick', role: 'group', 'aria-label': t('quickReplies'), hidden: true });
  const foot = h('div', { class: 'foot' });
  const title = h('h2', { tabindex: '-1' }, account.name);
  const element = h('div', { class: 'chat' },
    h('header', { class: 'chat-head' },
      iconButton('back', t('back'), { onclick: back }),
      face(account.name, account.avatarUrl, 'account'),
      h('div', { class: 'chat-title' }, title, h('p', null, `${t('account')} · ${plainName(account)}`)),
      menu.element),
    lineState, log.element, quick, foot);

  function send(message) { return attempt(message, () => api.send(account.botId, person.id, message)); }
  function postback(body) { return attempt({ type: 'text', text: body.displayText ?? '…' }, () => api.postback(account.botId, person.id, body)); }

  /** Until the sandbox has taken a message it stands here as waiting; if it is refused, with the reason and a second try. */
  async function attempt(message, deliver) {
    const standIn = log.wait(message);
    setQuick(null);
    try {
      await deliver();
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      log.fail(standIn, error.words, () => attempt(message, deliver));
      return;
    }
    await catchUp();
    standIn.remove();
    log.tidy();
  }

  /** Reads what is newer than what is shown; calls that overlap wait for one another, so that nothing shows twice. */
  function catchUp() {
    reading = reading.then(async () => {
      try {
        const answer = await api.messages(account.botId, person.id, log.lastSeq());
        if (closed) return;
        answer.messages.forEach(receive);
        active(answer.active);
        setFriend(answer.friend);
        log.settle();
      } catch (error) {
        if (!(error instanceof api.ApiError)) throw error;
        lineState.hidden = false;
        if (friend === null) log.show(trouble(catchUp).element);
      }
    });
    return reading;
  }

  function receive(entry) {
    log.receive(entry);
    setQuick(entry.from === 'account' ? entry.message.quickReply?.items : null);
  }

  /** Quick replies belong to the newest message, and go when anything else is said. */
  function setQuick(items) {
    quickItems = items;
    quick.hidden = !items?.length || friend !== 'friend';
    quick.replaceChildren(...(items ?? []).map(item =>
      h('button', { type: 'button', 'data-testid': 'quick-reply', onclick: () => perform(item.action, actions) },
        item.imageUrl ? h('img', { src: item.imageUrl, alt: '' }) : null, item.action.label ?? item.action.type)));
  }

  function setFriend(now) {
    if (now === friend) return;
    friend = now;
    menu.draw(now);
    foot.replaceChildren(now === 'friend' ? writer.element : gate(now === 'blocked'));
    setQuick(quickItems);
    log.tidy();
  }

  /** Stands in the composer's place for who is no friend. */
  const gate = blocked => h('div', { class: 'gate' },
    h('p', null, blocked ? t('blockedHint', { name: account.name }) : t('strangerHint')),
    h('button', { type: 'button', class: 'primary', 'data-testid': blocked ? 'unblock' : 'add-friend', onclick: befriend }, icon('add'), blocked ? t('unblock') : t('addFriend')));

  function befriend() { return change(() => follow(account)); }

  async function change(doing) {
    try {
      await doing();
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      lineState.hidden = error.status !== 0;
      toast(error.words);
      return;
    }
    await catchUp();
    (foot.querySelector('textarea, .primary') ?? title).focus();
  }

  const stream = api.chatStream(account.botId, person.id, {
    on: {
      message: entry => { if (entry.seq === log.lastSeq() + 1) receive(entry); else catchUp(); },
      typing: data => log.setTyping(data.seconds),
      friend: data => { if (friend !== null) setFriend(data.friend); },
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
      log.close();
      stream.close();
    },
  };
}
