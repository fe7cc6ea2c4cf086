/** Owns: the menu bar: the system's own roles, so that keys and words are those of the platform. */
import type { MenuItemConstructorOptions } from 'electron'

/** `server`: entries about the local server, once the engine runs. */
export function menuTemplate(
  platform: NodeJS.Platform,
  development: boolean,
  server: MenuItemConstructorOptions[] = [],
): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  const tools: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ]
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', submenu: development ? [...view, ...tools] : view },
    ...(server.length > 0 ? [{ label: 'Local server', submenu: server }] : []),
    { role: 'windowMenu' },
  ]
}
