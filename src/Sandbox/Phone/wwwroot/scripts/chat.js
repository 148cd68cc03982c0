// One chat between a person and an account: what is said, as it comes, and what the person may do.
import * as api from './api.js';
import { face, h, icon, iconButton, picture, toast } from './dom.js';
import { t } from './i18n.js';
import { composer } from './composer.js';
import { perform } from './actions.js';
import { preview } from './bubbles.js';
import { chatLog } from './chat-log.js';
import { chatMenu } from './chat-menu.js';
import { plainName, trouble } from './home.js';
import { messageMenu } from './message-menu.js';
import { richMenu } from './rich-menu.js';

/** @param {{account: object, person: object, people: object[], group: object|null, openGroup: Function, drafts: Map<string, string>, back: Function, follow: Function, active: Function}} deps `active` hears who may answer. */
export function chat({ account, person, people, group, openGroup, drafts, back, follow, active }) {
  const who = { peer: group?.id ?? person.id, as: person.id };
  const key = `${account.botId}/${who.peer}`;
  let friend = null, quickOf = null, quoting = null, reading = Promise.resolve(), closed = false;

  const log = chatLog({
    account, me: person.id, nameOf: id => people.find(one => one.id === id), choose, opened,
    act: (action, entry) => perform(action, actions, url => opened(entry, url)),
    coupon: id => find(() => api.coupon(account.botId, id)),
    watched: trackingId => change(() => api.videoWatched(account.botId, person.id, trackingId)),
  });
  const writer = composer({ draft: drafts.get(key) ?? '', keep: words => drafts.set(key, words), send: speak, beacon: group ? null : type => change(() => api.beacon(account.botId, person.id, type)) });
  const menuPanel = group ? null : richMenu({ botId: account.botId, personId: person.id, act: action => perform(action, actions) });
  const actions = { text: text => send({ type: 'text', text }), postback, photo: writer.pickPhoto, place: writer.pickPlace, menu: open => menuPanel?.open(open), keyboard: text => writer.fill(text) };
  const menu = chatMenu({ befriend, block: () => change(() => api.block(account.botId, person.id)) });
  const lineState = h('div', { class: 'line-state', role: 'status', hidden: true }, t('reconnecting'),
    h('button', { type: 'button', onclick: () => { stream.retry(); catchUp(); } }, t('retry')));
  const quick = h('div', { class: 'quick', role: 'group', 'aria-label': t('quickReplies'), hidden: true });
  const foot = h('div', { class: 'foot' });
  const quote = h('div', { class: 'quoting', hidden: true, 'data-testid': 'quoting' });
  const title = h('h2', { tabindex: '-1' }, group?.name ?? account.name);
  const element = h('div', { class: 'chat' },
    h('header', { class: 'chat-head' },
      iconButton('back', t('back'), { onclick: back }),
      group ? face(group.name, group.avatarUrl) : face(account.name, account.avatarUrl, 'account'),
      h('div', { class: 'chat-title' }, title, h('p', null, group ? t('groupWith', { count: group.members.length, name: account.name }) : `${t('account')} · ${plainName(account)}`)),
      group ? iconButton('people', t('groupMembers'), { 'data-testid': 'group-menu', onclick: openGroup }) : menu.element),
    lineState, log.element, quick, quote, foot, menuPanel?.element ?? '');

  function send(message) { return attempt(message, () => api.send(account.botId, who, message)); }
  function postback(body) { return attempt({ type: 'text', text: body.displayText ?? '…' }, () => api.postback(account.botId, who, body)); }

  /** LINE counts the links that people open in what an account has sent. */
  function opened(entry, url) {
    if (entry.from === 'account') change(() => api.linkOpened(account.botId, who, entry.id, url));
  }

  /** Reads something that may not be there any more, or not now: null. */
  async function find(reading) {
    try {
      return await reading();
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      return null;
    }
  }

  /** What is written in the composer may answer a message. */
  function speak(message) {
    const quotedMessageId = message.type === 'text' ? quoting?.id : undefined;
    setQuoting(null);
    return send(quotedMessageId ? { ...message, quotedMessageId } : message);
  }

  function setQuoting(entry) {
    quoting = entry;
    quote.hidden = !entry;
    if (!entry) return;
    quote.replaceChildren(h('span', null, preview(entry.message)), iconButton('close', t('cancel'), { onclick: () => setQuoting(null) }));
    writer.fill('');
  }

  function choose(entry) {
    const own = entry.from === 'person' && (!entry.by || entry.by === person.id);
    messageMenu({ own, isText: entry.message.type === 'text', inGroup: Boolean(group) }, {
      quote: () => setQuoting(entry),
      unsend: () => change(() => api.unsend(account.botId, who, entry.id)),
      edit: text => change(() => api.edit(account.botId, who, entry.id, text)),
    }, entry.message.text ?? '');
  }

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
        const answer = await api.messages(account.botId, who, log.lastSeq());
        if (closed) return;
        answer.messages.forEach(receive);
        active(answer.active);
        setFriend(answer.friend);
        log.setRead(answer.read);
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
    if (entry.from !== 'notice') setQuick(entry.from === 'account' ? entry : null);
  }

  /** Quick replies belong to the newest message, and go when anything else is said. */
  function setQuick(entry) {
    quickOf = entry;
    const items = entry?.message.quickReply?.items ?? [];
    quick.hidden = items.length === 0 || friend !== 'friend';
    quick.replaceChildren(...items.map(item =>
      h('button', { type: 'button', 'data-testid': 'quick-reply', onclick: () => perform(item.action, actions, url => opened(entry, url)) },
        item.imageUrl ? picture(item.imageUrl, { alt: '' }) : null, item.action.label ?? item.action.type)));
  }

  function setFriend(now) {
    if (now === friend) return;
    friend = now;
    menu.draw(now);
    foot.replaceChildren(now === 'friend' ? writer.element : group ? groupGate() : gate(now === 'blocked'));
    if (menuPanel) menuPanel.refresh();
    setQuick(quickOf);
    log.tidy();
  }

  /** Stands in the composer's place for who is no friend. */
  const gate = blocked => h('div', { class: 'gate' },
    h('p', null, blocked ? t('blockedHint', { name: account.name }) : t('strangerHint')),
    h('button', { type: 'button', class: 'primary', 'data-testid': blocked ? 'unblock' : 'add-friend', onclick: befriend }, icon('add'), blocked ? t('unblock') : t('addFriend')));

  const groupGate = () => h('div', { class: 'gate' }, h('p', null, t('groupWithout', { name: account.name })),
    h('button', { type: 'button', class: 'primary', onclick: openGroup }, icon('people'), t('groupMembers')));

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
    if (document.activeElement === document.body || foot.contains(document.activeElement)) (foot.querySelector('textarea, .primary') ?? title).focus();
  }

  const stream = api.chatStream(account.botId, who, {
    on: {
      message: entry => { if (entry.seq === log.lastSeq() + 1) receive(entry); else catchUp(); },
      typing: data => log.setTyping(data.seconds),
      changed: entry => log.change(entry),
      read: data => log.setRead(data.seq),
      richMenu: () => menuPanel?.refresh(),
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
