/**
 * Owns: why a port is not permitted and what permits it, for each system. Ports below 1024 are for the administrator on
 * Linux, on macOS where one address is listened on, and not on Windows, which reserves ranges of its own instead.
 */

export type System = 'linux' | 'darwin' | 'win32'

export interface PortRemedy {
  /** As it is spoken of. */
  system: string
  words: string
  /** To be typed by an administrator. */
  command?: string
}

/** What a low port is listened on instead, where nothing else is said: far enough away, and easy to keep in mind. */
export const mappedPortOf = (port: number): number => (port > 0 && port < 1024 ? port + 2000 : 0)

export interface RefusedPort {
  port: number
  /** Listened on instead; 0: none. */
  mapped: number
  address: string
  /** The program that wants the port: path of what runs. */
  program: string
}

type Remedies = Record<System, (refused: RefusedPort) => PortRemedy[]>

const quoted = (path: string): string => `'${path.replaceAll("'", String.raw`'\''`)}'`

const remedies: Remedies = {
  linux: ({ port, mapped, address, program }) => [
    {
      system: 'Linux',
      words:
        'Let this program listen on low ports. The right is with the file: everything that it runs has it, and it is gone when the file is replaced.',
      command: `sudo setcap cap_net_bind_service=+ep ${quoted(program)}`,
    },
    {
      system: 'Linux',
      words: `Or let every program listen from ${port} up, until the next start of the computer.`,
      command: `sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
    },
    ...(mapped === 0
      ? []
      : [
          {
            system: 'Linux',
            words: `Or send what this computer’s own programs ask of ${port} on to ${mapped}, until the next start.`,
            command: `sudo ${address.includes(':') ? 'ip6tables' : 'iptables'} -t nat -A OUTPUT -o lo -p tcp --dport ${port} -j REDIRECT --to-ports ${mapped}`,
          },
        ]),
  ],
  darwin: ({ port, mapped, address }) => [
    mapped === 0
      ? {
          system: 'macOS',
          words: `Choose a port from 1024 up: below it macOS lets a program listen on all addresses at once, and not on ${address} alone.`,
        }
      : {
          system: 'macOS',
          words: `Send what asks for ${port} on to ${mapped}, until the next start; it takes the place of pf’s other rules. Below 1024 macOS lets a program listen on all addresses at once only.`,
          command: `echo "rdr pass on lo0 ${address.includes(':') ? 'inet6' : 'inet'} proto tcp from any to ${address} port ${port} -> ${address} port ${mapped}" | sudo pfctl -ef -`,
        },
  ],
  win32: ({ port }) => [
    {
      system: 'Windows',
      words: `Windows asks for no rights below 1024, but reserves ranges for itself, often for Hyper-V. See whether ${port} is in one; stopping winnat frees it, or another program holds the port alone.`,
      command: 'netsh interface ipv4 show excludedportrange protocol=tcp',
    },
  ],
}

const order: readonly System[] = ['linux', 'darwin', 'win32']

/** For every system, this one first. */
export function portRemedies(refused: RefusedPort, system: string): PortRemedy[] {
  const here = order.filter((one) => one === system)
  return [...here, ...order.filter((one) => one !== system)].flatMap((one) => remedies[one](refused))
}

/** A command that names the program which has a port. */
export function whoHasPort(port: number, system: string): string {
  if (system === 'win32') return `netstat -ano -p TCP | findstr :${port}`
  if (system === 'darwin') return `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`
  return `sudo ss -ltnp 'sport = :${port}'`
}
