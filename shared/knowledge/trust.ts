/**
 * Owns: how a system or a program is told to trust the app's own authority, and to trust it no more. Commands take the
 * path of its certificate in PEM as it is given.
 */

export interface TrustStep {
  /** Says what the command does, or what to do where there is none. */
  words: string
  command?: string
}

export interface TrustGuide {
  readonly id: 'debian' | 'fedora' | 'macos' | 'windows' | 'firefox' | 'node' | 'java' | 'python'
  readonly name: string
  readonly kind: 'system' | 'program'
  /** Who is reached by it, and who is not. */
  readonly reach: string
  readonly trust: readonly TrustStep[]
  readonly undo: readonly TrustStep[]
}

/** A command's place for the path, quoted for a shell of its system. */
const file = '{ca.pem}'
const debianFile = '/usr/local/share/ca-certificates/relayscope.crt'
const fedoraFile = '/etc/pki/ca-trust/source/anchors/relayscope.pem'

export const trustGuides: readonly TrustGuide[] = [
  {
    id: 'debian',
    name: 'Debian, Ubuntu',
    kind: 'system',
    reach: 'Programs that use OpenSSL or GnuTLS with the system’s store: curl, swaks, Postfix, Python’s ssl. Not Firefox, Node and Java.',
    trust: [
      { words: 'Put it beside the local authorities; the name has to end in .crt.', command: `sudo cp ${file} ${debianFile}` },
      { words: 'Rebuild the store.', command: 'sudo update-ca-certificates' },
    ],
    undo: [{ words: 'Take it away and rebuild.', command: `sudo rm ${debianFile} && sudo update-ca-certificates --fresh` }],
  },
  {
    id: 'fedora',
    name: 'Fedora, RHEL',
    kind: 'system',
    reach: 'Programs that use the system’s store, Java of the distribution included. Not Firefox and Node.',
    trust: [
      { words: 'Put it among the anchors.', command: `sudo cp ${file} ${fedoraFile}` },
      { words: 'Rebuild the store.', command: 'sudo update-ca-trust' },
    ],
    undo: [{ words: 'Take it away and rebuild.', command: `sudo rm ${fedoraFile} && sudo update-ca-trust` }],
  },
  {
    id: 'macos',
    name: 'macOS',
    kind: 'system',
    reach: 'Mail, Safari, Chrome and programs that use the keychain. Not Firefox, Node, Java and Python from python.org.',
    trust: [
      {
        words: 'Add it to the system’s keychain as a root.',
        command: `sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ${file}`,
      },
    ],
    undo: [{ words: 'Take the trust back.', command: `sudo security remove-trusted-cert -d ${file}` }],
  },
  {
    id: 'windows',
    name: 'Windows',
    kind: 'system',
    reach: 'Outlook, Edge, Chrome, .NET and PowerShell of this user. Not Firefox, Node, Java and Python.',
    trust: [
      { words: 'Add it to this user’s roots; Windows asks once more. No administrator is needed.', command: `certutil -user -addstore Root ${file}` },
    ],
    undo: [{ words: 'In certmgr.msc, under Trusted Root Certification Authorities, delete Relayscope local authority.' }],
  },
  {
    id: 'firefox',
    name: 'Firefox, Thunderbird',
    kind: 'program',
    reach: 'That profile only; both keep authorities of their own.',
    trust: [
      { words: 'Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import: choose ca.pem and let it identify websites.' },
      { words: 'Or by certutil of the NSS tools, with the program closed and the profile’s folder for PROFILE.', command: `certutil -A -n Relayscope -t C,, -d sql:PROFILE -i ${file}` },
    ],
    undo: [{ words: 'In the same list, choose Relayscope and Delete or Distrust.' }],
  },
  {
    id: 'node',
    name: 'Node.js',
    kind: 'program',
    reach: 'One start of a program; nodemailer needs nothing else. It is read when Node starts.',
    trust: [
      { words: 'Name it in the environment of the program.', command: `NODE_EXTRA_CA_CERTS=${file} node app.js` },
      { words: 'Or, where the system trusts it, from Node 22.15 on.', command: 'node --use-system-ca app.js' },
    ],
    undo: [{ words: 'Leave the variable out.' }],
  },
  {
    id: 'java',
    name: 'Java',
    kind: 'program',
    reach: 'Programs of that Java (JAVA_HOME), from 9 on. The store’s password is changeit, unless somebody changed it.',
    trust: [
      {
        words: 'Add it to the store.',
        command: `sudo keytool -importcert -noprompt -cacerts -storepass changeit -alias relayscope -file ${file}`,
      },
    ],
    undo: [{ words: 'Delete it.', command: 'sudo keytool -delete -cacerts -storepass changeit -alias relayscope' }],
  },
  {
    id: 'python',
    name: 'Python',
    kind: 'program',
    reach: 'One start of a program that uses ssl’s default context, as smtplib does when it is given one. requests reads REQUESTS_CA_BUNDLE instead.',
    trust: [
      { words: 'Name it in the environment; it stands in place of the file of the system’s authorities.', command: `SSL_CERT_FILE=${file} python3 app.py` },
      { words: 'Or in the code: context = ssl.create_default_context(); context.load_verify_locations(PATH); smtp.starttls(context=context).' },
    ],
    undo: [{ words: 'Leave the variable out.' }],
  },
] // prettier-ignore

/** Null for an id that there is none of. */
export const trustGuide = (id: string): TrustGuide | null => trustGuides.find((one) => one.id === id) ?? null

/** A step's command for the certificate at `path`, quoted so that a space or a quote in it does no harm. */
export function trustCommand(guide: TrustGuide, { command }: TrustStep, path: string): string | null {
  if (command === undefined) return null
  const quoted =
    guide.id === 'windows' ? `"${path.replaceAll('"', '')}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`
  return command.replaceAll(file, () => quoted)
}
