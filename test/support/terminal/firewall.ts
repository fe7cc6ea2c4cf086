/**
 * Owns: a place apart with a firewall: a network of its own with loopback, rules of nftables, and a small mail server in
 * clear on the ports that are named. Linux as root only; `whyNot` of namespace.ts says why, for a visible skip.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Greets, answers everything with 250, and says on standard output when it listens. */
const server = `
import { createServer } from 'node:net'
const ports = process.argv.slice(2)
const open = (port) => new Promise((done) => createServer((socket) => {
  socket.on('error', () => {})
  socket.write('220 test.example ESMTP\\r\\n')
  socket.on('data', (said) => {
    const quit = String(said).startsWith('QUIT')
    socket[quit ? 'end' : 'write'](quit ? '221 bye\\r\\n' : '250 test.example\\r\\n')
  })
}).listen(Number(port), '127.0.0.1', done))
await Promise.all(ports.map(open))
console.log('ready')
`

/** Words before a command. `rules`: lines of an input chain, as `tcp dport 25 drop`. */
export function behindFirewall(
  folder: string,
  rules: readonly string[],
  listening: readonly number[],
): string[] {
  const chain = ['type filter hook input priority 0; policy accept;', ...rules].join('\n')
  writeFileSync(join(folder, 'rules.nft'), `table inet test {\nchain input {\n${chain}\n}\n}\n`)
  writeFileSync(join(folder, 'server.mjs'), server)
  const script = `
    ip link set lo up && nft -f '${folder}/rules.nft' || exit 99
    rm -f '${folder}/ready'; mkfifo '${folder}/ready'
    '${process.execPath}' '${folder}/server.mjs' ${listening.join(' ')} > '${folder}/ready' &
    server=$!
    read -r line < '${folder}/ready'
    "$@"
    status=$?
    kill $server
    exit $status`
  return ['unshare', '-n', '-m', 'sh', '-c', script, 'sh']
}
