// Passkeys: the browser speaks with its authenticator, the form carries what it said. Pages without a script do not show these forms.
"use strict";

document.addEventListener("submit", async event => {
  const form = event.target.closest("form[data-passkey]");
  if (!form)
    return;

  event.preventDefault();
  event.stopImmediatePropagation();
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const token = form.elements["__RequestVerificationToken"].value;
    const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams({ __RequestVerificationToken: token }) });
    if (answer.redirected) { // To the sign-in page: who is asking has to prove it again.
      location.assign(answer.url);
      return;
    }

    const options = await answer.json();
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements["credential"].value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (error) {
    failed.hidden = false; // Cancelled, timed out, or this address cannot have passkeys.
  }
}, { capture: true });
