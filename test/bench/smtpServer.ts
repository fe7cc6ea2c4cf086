/** Owns: nodemailer's smtp-server as a peer of the bench: takes everything, keeps nothing. */
import { SMTPServer } from 'smtp-server'

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  maxClients: 20_000,
  onData(stream, _session, done) {
    stream.resume()
    stream.on('end', done)
  },
})
server.listen(Number(process.argv[2]), '127.0.0.1')
