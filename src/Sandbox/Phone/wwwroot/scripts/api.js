// The phone's doors at the sandbox: JSON calls and event streams.
import { t, tOr } from './i18n.js';

/** The sandbox did not take a call: no line to it (`status` 0), or its refusal with its own words. */
export class ApiError extends Error {
  constructor(status, message, code) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The reason in the page's language. */
  get words() {
    return this.status === 0 ? t('noLine') : tOr(`refused.${this.code}`, this.message);
  }
}

async function call(method, path, body) {
  let response, text;
  try {
    response = await fetch(`/phone/api/${path}`, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    text = await response.text();
  } catch (error) {
    throw new ApiError(0, error.message); // Rejected only when there is no line, or it breaks in the middle of the answer.
  }
  const answer = text ? parsed(text) : null;
  if (!response.ok) throw new ApiError(response.status, answer?.message ?? response.statusText, answer?.code);
  return answer;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // An error page of something between us and the sandbox: the status says enough.
  }
}

// `peer` is the other end of a chat as the sandbox names it: the person whose phone it is, or a group; `as` says who of a group it is.
const chatPath = (botId, peer) => `chats/${encodeURIComponent(botId)}/${encodeURIComponent(peer)}`;
const speaking = ({ peer, as }) => peer === as ? '' : `?as=${encodeURIComponent(as)}`;

export const people = () => call('GET', 'people');
export const accounts = personId => call('GET', `accounts?as=${encodeURIComponent(personId)}`);
export const messages = (botId, { peer }, after) => call('GET', `${chatPath(botId, peer)}/messages?after=${after}`);
export const send = (botId, who, message) => call('POST', `${chatPath(botId, who.peer)}/messages${speaking(who)}`, message);
export const postback = (botId, who, body) => call('POST', `${chatPath(botId, who.peer)}/postback${speaking(who)}`, body);
export const unsend = (botId, who, id) => call('POST', `${chatPath(botId, who.peer)}/messages/${id}/unsend${speaking(who)}`);
export const edit = (botId, who, id, text) => call('POST', `${chatPath(botId, who.peer)}/messages/${id}/edit${speaking(who)}`, { text });
export const linkOpened = (botId, { peer }, id, url) => call('POST', `${chatPath(botId, peer)}/messages/${id}/link-opened`, { url });
export const follow = (botId, personId) => call('POST', `${chatPath(botId, personId)}/follow`);
export const block = (botId, personId) => call('POST', `${chatPath(botId, personId)}/block`);
export const beacon = (botId, personId, type) => call('POST', `${chatPath(botId, personId)}/beacon`, { type });
export const videoWatched = (botId, personId, trackingId) => call('POST', `${chatPath(botId, personId)}/video-complete`, { trackingId });
export const richMenu = (botId, personId) => call('GET', `${chatPath(botId, personId)}/richmenu`);
export const tapRichMenu = (botId, personId, richMenuId, area) => call('POST', `${chatPath(botId, personId)}/richmenu/tap`, { richMenuId, area });

const groupPath = id => `groups/${encodeURIComponent(id)}`;

export const groups = personId => call('GET', `groups?as=${encodeURIComponent(personId)}`);
export const makeGroup = group => call('POST', 'groups', group);
export const joinGroup = (id, personId) => call('POST', `${groupPath(id)}/members`, { personId });
export const leaveGroup = (id, personId) => call('DELETE', `${groupPath(id)}/members/${encodeURIComponent(personId)}`);
export const inviteAccount = (id, botId) => call('POST', `${groupPath(id)}/accounts`, { botId });
export const partAccount = (id, botId) => call('DELETE', `${groupPath(id)}/accounts/${encodeURIComponent(botId)}`);

export const coupon = (botId, id) => call('GET', `accounts/${encodeURIComponent(botId)}/coupons/${encodeURIComponent(id)}`);
export const letAnHourPass = botId => call('POST', `accounts/${encodeURIComponent(botId)}/let-an-hour-pass`);

export const chatStream = (botId, { peer }, handlers) => stream(`${chatPath(botId, peer)}/stream`, handlers);
export const timelineStream = (botId, handlers) => stream(`timeline/${encodeURIComponent(botId)}`, handlers);

const waits = [1, 2, 4, 8, 15]; // Seconds before attempt 2, 3, ...; then every 15 s for as long as the page is open.

/**
 * Listens to an event stream and comes back after every break.
 * The browser's own reconnecting gives up for good on an answer other than 200, as from a server that is just starting; this does not.
 * A tab that nobody sees lets go: browsers allow six connections to one server over all tabs, and streams would take them all.
 * @param {{on: Record<string, (data: object) => void>, state: (connected: boolean) => void}} handlers `on` by event name; `state` on every change.
 * @returns {{close: () => void, retry: () => void}}
 */
function stream(path, { on, state }) {
  let source, timer, failures = 0;

  const rest = () => {
    clearTimeout(timer);
    source?.close();
  };

  const open = () => {
    rest();
    source = new EventSource(`/phone/api/${path}`);
    source.onopen = () => {
      failures = 0;
      state(true);
    };
    source.onerror = () => {
      source.close();
      state(false);
      clearTimeout(timer);
      timer = setTimeout(open, waits[Math.min(failures++, waits.length - 1)] * 1000);
    };
    for (const [name, handle] of Object.entries(on)) source.addEventListener(name, event => handle(JSON.parse(event.data)));
  };

  const seenOrNot = () => { if (document.hidden) rest(); else open(); };
  window.addEventListener('online', open);
  document.addEventListener('visibilitychange', seenOrNot);
  open();
  return {
    retry: open,
    close() {
      window.removeEventListener('online', open);
      document.removeEventListener('visibilitychange', seenOrNot);
      rest();
    },
  };
}
