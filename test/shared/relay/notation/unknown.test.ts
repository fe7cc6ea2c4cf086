import { expect, test } from 'vitest'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { unknownProblems } from '#shared/relay/notation/unknown.ts'

const told = (text: string) =>
  unknownProblems(parseNotation(text).policy, text).map(({ line, column, message }) => `${line}:${column} ${message}`) // prettier-ignore

test.each([
  ['spool /var', ['1:1 spool /var is not known here: it is kept and does nothing']],
  ['<domain *>\n  require-startls yes\n</domain>', ['2:3 require-startls yes is not known here (in domain *): it is kept and does nothing; did you mean require-starttls?']],
  ['<source 0/0>\nmax-smtp-otu 5\n</source>', ['2:1 max-smtp-otu 5 is not known here (in source 0/0): it is kept and does nothing; did you mean max-smtp-out, which belongs in <domain>?']],
  ['use-starttls yes', ['1:1 use-starttls yes is not known here: it is kept and does nothing; it belongs in <domain>']],
  ['<source 10/8>\n  relay-domain a.example\n</source>', ['2:3 relay-domain a.example stands in <source 10/8>, where it does nothing; put it outside, behind </source>']],
  ['<sorce 10/8>\n</sorce>', ['1:1 <sorce 10/8> is not known here: it is kept and does nothing; did you mean <source>?']],
  ['<smtp-user a>\npasword geheim\n</smtp-user>', ['2:1 pasword ******** is not known here (in smtp-user a): it is kept without what stands behind it, which could be a password, and does nothing; did you mean password?']],
  ['<smtp-user a>\npassword=geheim\n</smtp-user>', ['2:1 password=******** is not known here (in smtp-user a): it is kept without what stands behind it, which could be a password, and does nothing; put a blank between password and its value']],
  ['<domain *>\nroute hub.example:587\nauth-password geheim\n</domain>', ['2:1 route hub.example:587 is not known here (in domain *): it is kept and does nothing; write smarthost HOST:PORT for it', '3:1 auth-password ******** is not known here (in domain *): it is kept without what stands behind it, which could be a password, and does nothing; write smarthost-password for it']],
  ['<source 0/0>\nrequre-auth true\n</source>', ['2:1 requre-auth true is not known here (in source 0/0): it is kept and does nothing; did you mean require-auth?']],
  ['<smtp-user a>\ngeheim\n</smtp-user>', ['2:1 ******** is not known here (in smtp-user a): it is kept without what stands behind it, which could be a password, and does nothing']],
])('%j', (text, words) => { expect(told(text)).toEqual(words) }) // prettier-ignore
