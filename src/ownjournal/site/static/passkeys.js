// Passkeys: shows the forms that need a script, and lets the browser fill them.
// Without this file, a code by mail does all the same.
"use strict";

const toBytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
};

const toText = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withIds = (list) => (list ?? []).map((each) => ({ ...each, id: toBytes(each.id) }));

function toMake({ publicKey }) {
  return {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
    excludeCredentials: withIds(publicKey.excludeCredentials),
  };
}

function toAsk({ publicKey }) {
  return {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    allowCredentials: withIds(publicKey.allowCredentials),
  };
}

// The answer with its bytes as text, as the server reads it.
function written(credential) {
  const { response } = credential;
  const names = [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ];
  const parts = names.filter((name) => response[name]);
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(parts.map((name) => [name, toText(response[name])])),
  });
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function answered(form) {
  const kept = document.getElementById(form.dataset.options ?? "");
  const options = kept ? JSON.parse(kept.textContent) : await fetched(form.action);
  return form.dataset.passkey === "make"
    ? navigator.credentials.create({ publicKey: toMake(options) })
    : navigator.credentials.get({ publicKey: toAsk(options) });
}

const WHY = {
  InvalidStateError: "This device has a passkey for you already.",
  NotAllowedError: "No passkey was used: it was called off, or there is none here.",
  SecurityError: "This address cannot have passkeys.",
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const said = form.querySelector("[role=alert]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    try {
      form.elements.credential.value = written(await answered(form));
      form.submit();
    } catch (fault) {
      said.textContent = WHY[fault.name] ?? "The passkey could not be used.";
      said.hidden = false;
    }
  });
}
