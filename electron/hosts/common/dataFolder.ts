/** Owns: where this user's data lies when nobody says otherwise: the place each system keeps for it. */
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

export interface Surroundings {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
}

const here = (): Surroundings => ({ platform: process.platform, env: process.env, home: homedir() })

/** RELAYSCOPE_DATA, or the system's own place. XDG_DATA_HOME counts only when absolute (XDG Base Directory §3). */
export function defaultDataFolder({ platform, env, home }: Surroundings = here()): string {
  const chosen = env['RELAYSCOPE_DATA']
  if (chosen !== undefined && chosen !== '') return resolve(chosen)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Relayscope')
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Relayscope')
  const xdg = env['XDG_DATA_HOME']
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'relayscope')
}
