// A customer with the sandbox's phone.
import { png } from "./pictures.mjs";

export class Phone {
  #access;

  constructor(access) {
    this.#access = access;
  }

  follow() {
    return this.#do("follow", {});
  }

  write(text) {
    return this.#do("messages", { type: "text", text });
  }

  async sendPicture() {
    const picture = png(64, 48, 200, 30, 60);
    this.pictureBytes = picture.length;
    await this.#do("messages", { type: "image", dataUrl: `data:image/png;base64,${picture.toString("base64")}` });
  }

  sendVideo() {
    return this.#do("messages", { type: "video", dataUrl: `data:video/mp4;base64,${Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isommp42").toString("base64")}`, duration: 1200 });
  }

  /** The person makes a group and invites the account. */
  inviteToGroup() {
    return this.#group("group");
  }

  /** One of the old chats of several people, which LINE no longer makes and still has: the account hears of it when somebody writes. */
  async inviteToRoom() {
    const { sandbox, botId, person } = this.#access;
    const { id } = await this.#group("room");
    await post(`${sandbox}/phone/api/chats/${botId}/${encodeURIComponent(id)}/messages?as=${encodeURIComponent(person)}`, { type: "text", text: "Are you all here?" });
  }

  #group(kind) {
    const { sandbox, botId, person } = this.#access;
    return post(`${sandbox}/phone/api/groups`, { kind, name: "Friday dinner", members: [person], botId });
  }

  async #do(what, body) {
    const { sandbox, botId, person } = this.#access;
    await post(`${sandbox}/phone/api/chats/${botId}/${encodeURIComponent(person)}/${what}`, body);
  }
}

async function post(url, body) {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const words = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status} ${words}`);
  return words ? JSON.parse(words) : {};
}
