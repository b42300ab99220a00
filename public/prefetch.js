// Asks for the front of the lab that the address names while the page's own script is still on its way. Its name is the one that
// src/session/host/opening.ts asks for; where the two differ the page only starts later.
{
  const address = new URLSearchParams(location.search);
  const lab = address.get('lab');
  const name = `${lab}-${address.get('seed') || 1}-${document.currentScript.dataset.build}`;
  const href = `openings/${encodeURIComponent(name)}.front`;
  if (lab) document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href }));
}
