// Saves a section of the editor while it is written, and shows beside it what that looks like. Without this file its button does the same.
"use strict";

const waits = new WeakMap();
const PAUSE = 800; // ms after the last stroke

document.addEventListener("input", event => {
  const form = event.target.closest("form[data-autosave]");
  if (!form)
    return;

  clearTimeout(waits.get(form));
  waits.set(form, setTimeout(() => save(form), PAUSE));
});

async function save(form) {
  const state = form.querySelector("[data-save-state]");
  if (form.dataset.busy) {
    waits.set(form, setTimeout(() => save(form), PAUSE));
    return;
  }

  form.dataset.busy = "1";
  state.textContent = state.dataset.saving;
  try {
    const answer = await fetch(location.href, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const saved = page.querySelector("form[data-autosave]");
    if (!saved || answer.status === 409) {
      state.textContent = state.dataset.wrong; // Somebody else was faster, or signed out: the button says what to do.
      return;
    }

    showFaults(form, saved);
    if (answer.ok) {
      const edition = saved.querySelector("[data-edition]").value;
      document.querySelectorAll("[data-edition]").forEach(field => { field.value = edition; });
    }
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
      if (fresh)
        part.innerHTML = fresh.innerHTML;
    }
    for (const gaps of document.querySelectorAll("[data-gaps]"))
      gaps.innerHTML = page.querySelector(`[data-gaps="${gaps.dataset.gaps}"]`)?.innerHTML ?? "";

    // What is new in the form itself, as the empty plan that got a code, needs the whole page.
    if (answer.ok && names(form) !== names(saved))
      location.reload();
    else
      state.textContent = answer.ok ? state.dataset.saved : state.dataset.wrong;
  } catch {
    state.textContent = state.dataset.wrong;
  } finally {
    delete form.dataset.busy;
  }
}

function names(form) {
  return [...form.elements].map(control => control.name).filter(name => name.startsWith("plans.") || name.startsWith("supportHours.")).join();
}

function showFaults(form, saved) {
  for (const control of form.elements) {
    const [here, there] = [control.closest(".field"), control.id && saved.querySelector("#" + CSS.escape(control.id))?.closest(".field")];
    if (!here || !there)
      continue;

    here.classList.toggle("field-wrong", there.classList.contains("field-wrong"));
    here.querySelector(":scope > .field-error")?.remove();
    const fault = there.querySelector(":scope > .field-error");
    if (fault)
      here.append(document.importNode(fault, true));
    control.toggleAttribute("aria-invalid", Boolean(fault));
  }
}

// A picture is brought to its place's size before it travels; one that the browser cannot read goes as it is, and the server says what is wrong.
const sizes = { Icon: [512, 512], Cover: [1280, 720], Screenshot: [780, 1688] };

document.addEventListener("change", async event => {
  const form = event.target.closest("form[data-upload]");
  if (!form || event.target.type !== "file" || !event.target.files[0])
    return;

  const [width, height] = sizes[form.dataset.upload];
  try {
    const source = await createImageBitmap(event.target.files[0]);
    const isShot = form.dataset.upload === "Screenshot";
    const scale = isShot ? Math.min(1, width / source.width) : Math.max(width / source.width, height / source.height);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = isShot ? [Math.round(source.width * scale), Math.round(source.height * scale)] : [width, height];
    const [w, h] = [source.width * scale, source.height * scale];
    canvas.getContext("2d").drawImage(source, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
    const type = form.dataset.upload === "Icon" ? "image/png" : "image/jpeg";
    const blob = await new Promise(resolve => canvas.toBlob(resolve, type, 0.9));
    const files = new DataTransfer();
    files.items.add(new File([blob], "picture", { type }));
    event.target.files = files.files;
  } catch {
    // As it is.
  }
});
