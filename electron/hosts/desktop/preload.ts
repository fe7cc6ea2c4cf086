/**
 * Owns: handing the page one end of a message channel to the engine. Exposes nothing: no bridge, no channel names to
 * choose from, nothing of Node or Electron.
 */
import { ipcRenderer } from 'electron'
import { portHere, portPlease } from '../../../shared/rpc/handover.ts'

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const data = event.data
  const asked = typeof data === 'object' && data !== null && 'type' in data && data.type === portPlease
  if (event.source !== window || !asked) return
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage(portHere, null, [port1])
  window.postMessage({ type: portHere }, window.location.origin, [port2])
})
