/**
 * Owns: asking the desktop to open an address in the default browser. Fails quietly: the address is printed as well.
 *
 * Limit: other users of this machine may see the address among the running programs for a moment. It opens once; who is
 * late is told that it has been used.
 */
import { spawn } from 'node:child_process'

/** The program and its arguments, or null where there is no desktop. */
export function openerFor(
  address: string,
  platform: NodeJS.Platform,
  env: Record<string, string | undefined>,
): [string, string[]] | null {
  if (platform === 'darwin') return ['open', [address]]
  // Not `start`: a shell would read the address.
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address]]
  const desktop = (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== ''
  return desktop ? ['xdg-open', [address]] : null
}

export function openAddress(address: string): void {
  const opener = openerFor(address, process.platform, process.env)
  if (opener === null) return
  const child = spawn(opener[0], opener[1], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
