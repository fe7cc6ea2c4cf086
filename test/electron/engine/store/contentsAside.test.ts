import {
  chmodSync,
  existsSync,
  mkdirSync,
  type PathLike,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { closeToOthers, putContentsBack, setContentsAside } from '#engine/store/contentsAside.ts'
import { systemError, temporaryFolder } from './support.ts'

it('moves a folder with anything in it, and says where it is then', () => {
  const data = temporaryFolder()
  const [database, contents, aside] = ['relayscope.db', 'contents', 'aside'].map((name) => join(data, name)) as [string, string, string] // prettier-ignore
  expect(setContentsAside(database, aside)).toBe(null)
  mkdirSync(contents)
  expect([setContentsAside(database, aside), existsSync(contents)]).toEqual([null, true])
  writeFileSync(join(contents, 'a'), 'x')
  expect([setContentsAside(database, aside), existsSync(contents)]).toEqual([aside, false])
  expect(readdirSync(aside)).toEqual(['a'])
  putContentsBack(database, aside)
  expect([readdirSync(contents), existsSync(aside)]).toEqual([['a'], false])
  putContentsBack(database, aside)
  setContentsAside(database, aside)
  putContentsBack(database, join(data, 'nowhere'))
  expect([existsSync(contents), existsSync(aside)]).toEqual([false, true])
})

it('takes the right to look from others', () => {
  const data = temporaryFolder()
  const database = join(data, 'relayscope.db')
  closeToOthers(database)
  mkdirSync(join(data, 'contents'))
  chmodSync(join(data, 'contents'), 0o755)
  closeToOthers(database)
  expect(statSync(join(data, 'contents')).mode & 0o777).toBe(0o700)
})

it('leaves what a link leads to as it is, and says so', () => {
  const [data, other] = [temporaryFolder(), temporaryFolder()]
  chmodSync(other, 0o755)
  symlinkSync(other, join(data, 'contents'))
  const [words] = closeToOthers(join(data, 'relayscope.db'))
  expect(words).toContain(`${join(data, 'contents')} is a link.`)
  expect(statSync(other).mode & 0o777).toBe(0o755)
})

it('says that something else stands in the place of the folder, and leaves it', () => {
  const contents = join(temporaryFolder(), 'contents')
  writeFileSync(contents, 'notes')
  chmodSync(contents, 0o644)
  expect(closeToOthers(join(contents, '..', 'relayscope.db'))).toEqual([`${contents} is no folder. Large messages cannot be kept until it is moved away.`]) // prettier-ignore
  expect(statSync(contents).mode & 0o777).toBe(0o644)
})

it('moves the files into a folder in it where it cannot be moved itself, as a mount point', () => {
  const data = temporaryFolder()
  const [contents, aside, name] = [join(data, 'contents'), join(data, 'aside'), 'f'.repeat(32)]
  const rename = (code: string) => (from: PathLike, to: PathLike) => {
    if (from === contents) throw systemError(code)
    renameSync(from, to)
  }
  const move = (code = 'EBUSY') => setContentsAside(join(data, 'relayscope.db'), aside, rename(code))
  mkdirSync(contents)
  writeFileSync(join(contents, name), 'x')
  expect(() => move('EIO')).toThrow('EIO')
  expect(move()).toBe(join(contents, 'aside'))
  expect([readdirSync(contents), readdirSync(join(contents, 'aside'))]).toEqual([['aside'], [name]])
  expect(move()).toBe(null)
})

it('moves a file that is in place of the folder, too', () => {
  const data = temporaryFolder()
  writeFileSync(join(data, 'contents'), 'x')
  setContentsAside(join(data, 'relayscope.db'), join(data, 'aside'))
  expect(readdirSync(data)).toEqual(['aside'])
})
