/**
 * Owns: roots of their own for mail servers whose packages exclude Postfix's. The packages are downloaded once, unpacked
 * beside the project's dependencies and completed with the libraries of this system, so that a server runs there by chroot
 * alone: nothing is installed, nothing is mounted, and an ordinary container will do. Inside there is no name server.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
} from 'node:fs'
import { realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { whyNotInstall } from '../system.ts'

interface RootPlan {
  /** As apt-get takes them, best first: a later one is taken where the earlier is not to be had. */
  packages: string[]
  /** Absolute paths inside; their libraries come along. */
  programs: string[]
  /** System users, each with a group of its name. */
  users: string[]
}

export const rootPlans = {
  exim: {
    packages: ['exim4-daemon-heavy'],
    programs: ['/usr/sbin/exim4', '/bin/sh'],
    users: ['Debian-exim'],
  },
  // 6.8 of Debian 12 loses its connections with OpenSSL 3; its backport does not.
  opensmtpd: {
    packages: ['opensmtpd/bookworm-backports', 'opensmtpd'],
    programs: ['/usr/sbin/smtpd', '/bin/sh'],
    users: ['opensmtpd', 'opensmtpq', 'peervmail'],
  },
} satisfies Record<string, RootPlan>
export type RootName = keyof typeof rootPlans

/** Removed with the dependencies, and no part of what is checked or packaged. */
const cache = resolve(import.meta.dirname, '../../../node_modules/.cache/relayscope-peers')
export const rootFolder = (name: RootName): string => join(cache, name)
const reasonFile = (name: RootName): string => join(cache, `${name}.why`)

/** Why this root is not to be had, or null. */
export function whyNoRoot(name: RootName): string | null {
  if (process.getuid?.() !== 0) return `${name} must be started as root`
  if (existsSync(rootFolder(name))) return null
  const file = reasonFile(name)
  return existsSync(file)
    ? readFileSync(file, 'utf8')
    : `${name} was not fetched: npm test does, as root on Debian`
}

/** Makes the roots that are missing; says one line for each that it makes or cannot make. */
export function prepareRoots(say: (line: string) => void): void {
  const why = whyNotInstall()
  for (const name of ['exim', 'opensmtpd'] as const) {
    if (existsSync(rootFolder(name))) continue
    const failure = why ?? made(name)
    if (failure === null) say(`system: fetched ${name} into a root of its own`)
    else say(`system: ${name} has no root (${failure}); its tests are skipped`)
  }
}

function made(name: RootName): string | null {
  const work = join(cache, `${name}.work`)
  try {
    rmSync(work, { recursive: true, force: true })
    const root = join(work, 'root')
    mkdirSync(root, { recursive: true })
    download(work, rootPlans[name].packages)
    const archives = readdirSync(join(work, 'archives')).filter((file) => file.endsWith('.deb'))
    for (const file of archives) execFileSync('dpkg-deb', ['-x', join(work, 'archives', file), root])
    for (const program of rootPlans[name].programs) addProgram(root, program)
    furnish(root, rootPlans[name].users)
    const tried = spawnSync('chroot', [root, '/bin/sh', '-c', ': < /dev/null'], { stdio: 'ignore' })
    if (tried.status !== 0) throw new Error('this system allows no chroot with devices')
    rmSync(reasonFile(name), { force: true })
    renameSync(root, rootFolder(name))
    return null
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    writeFileSync(reasonFile(name), `${name} could not be fetched: ${words}`)
    return words
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Packages and what they need that this system lacks, with lists of their own: the system's stay as they are. */
function download(work: string, packages: readonly string[]): void {
  for (const folder of ['lists/partial', 'archives/partial'])
    mkdirSync(join(work, folder), { recursive: true })
  const sources = join(work, 'sources.list')
  writeFileSync(sources, existsSync('/etc/apt/sources.list') ? readFileSync('/etc/apt/sources.list') : '')
  if (/^VERSION_CODENAME=bookworm$/m.test(readFileSync('/etc/os-release', 'utf8')))
    appendFileSync(sources, `\ndeb ${backports}\n`)
  const options = [
    `Dir::Etc::sourcelist=${sources}`,
    `Dir::State::lists=${join(work, 'lists')}`,
    `Dir::Cache::archives=${join(work, 'archives')}`,
    'APT::Sandbox::User=root',
    'Debug::NoLocking=1',
  ].flatMap((option) => ['-o', option])
  const apt = (...args: string[]) =>
    spawnSync('apt-get', [...options, ...args], { encoding: 'utf8', timeout: 180_000 })
  apt('update')
  // Nothing is installed or removed: --download-only.
  const get = ['install', '-y', '--no-install-recommends', '--download-only']
  let words = ''
  for (const wanted of packages) {
    const { status, stderr, error } = apt(...get, wanted)
    if (status === 0) return
    words = error?.message ?? stderr.trim().split('\n').at(-1) ?? ''
  }
  throw new Error(words || 'apt-get failed')
}

const backports =
  '[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm-backports main'

/** The program, from the packages or from this system, and every library that the loader finds for it. */
function addProgram(root: string, program: string): void {
  const inside = join(root, program)
  if (!existsSync(inside)) bring(root, program)
  const own = ['usr/lib', 'lib'].flatMap((folder) => {
    const lib = join(root, folder)
    if (!existsSync(lib)) return []
    return [
      lib,
      ...readdirSync(lib, { withFileTypes: true }).flatMap((one) =>
        one.isDirectory() ? [join(lib, one.name)] : [],
      ),
    ]
  })
  const env = { ...process.env, LD_LIBRARY_PATH: own.join(':') }
  const listed = execFileSync('ldd', [inside], { env, encoding: 'utf8' })
  for (const [, path = ''] of listed.matchAll(/(\/\S+) \(0x/g)) if (!path.startsWith(root)) bring(root, path)
  const missing = /(\S+) => not found/.exec(listed)
  if (missing !== null) throw new Error(`${program} lacks ${missing[1]}`)
}

function bring(root: string, path: string): void {
  const to = join(root, path)
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(realpathSync(path), to)
}

/** Users, names, devices and folders that a server looks for. Names are found in the hosts file or not at all. */
function furnish(root: string, users: readonly string[]): void {
  for (const folder of ['dev', 'etc', 'run', 'tmp', 'var/spool', 'var/mail', 'srv'])
    mkdirSync(join(root, folder), { recursive: true })
  chmodSync(join(root, 'tmp'), 0o1777)
  if (!existsSync(join(root, 'var/run'))) execFileSync('ln', ['-s', '/run', join(root, 'var/run')])
  const etc = (file: string, text: string): void => writeFileSync(join(root, 'etc', file), text)
  const all = ['root', ...users].map((name, i) => [name, i === 0 ? 0 : 60_000 + i] as const)
  etc('passwd', all.map(([name, id]) => `${name}:x:${id}:${id}::/srv:/bin/sh\n`).join(''))
  etc('group', [...all, ['mail', 8]].map(([name, id]) => `${name}:x:${id}:\n`).join(''))
  etc('hosts', '127.0.0.1 localhost\n::1 localhost\n')
  etc('nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files\n')
  // Who asks it by himself gets no answer but a refusal, at once: nothing listens there.
  etc('resolv.conf', 'nameserver 127.0.0.1\n')
  etc('mailname', 'peer.test\n')
  for (const [name, major, minor] of [
    ['null', 1, 3],
    ['zero', 1, 5],
    ['random', 1, 8],
    ['urandom', 1, 9],
  ] as const) {
    execFileSync('mknod', ['-m', '666', join(root, 'dev', name), 'c', String(major), String(minor)], {
      stdio: 'pipe',
    })
  }
}
