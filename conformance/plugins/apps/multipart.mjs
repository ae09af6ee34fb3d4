import multipart from '@fastify/multipart';

const echo = app => app.post('/', async request => ({ body: request.body ?? null, multipart: request.isMultipart() }));
const described = ({ type, fieldname, filename, encoding, mimetype, value, valueTruncated }) => ({ type, fieldname, filename, encoding, mimetype, value, valueTruncated });

export const apps = {
  async values(app) {
    await app.register(multipart, { attachFieldsToBody: 'keyValues' });
    app.addHook('preHandler', async request => { for (const [name, value] of Object.entries(request.body ?? {})) if (Buffer.isBuffer(value)) request.body[name] = value.toString(); });
    echo(app);
  },
  async parts(app) {
    await app.register(multipart, { limits: { fieldSize: 10, fileSize: 10, files: 2, fields: 2, parts: 3 } });
    app.post('/', async request => {
      const seen = [];
      for await (const part of request.parts()) seen.push({ ...described(part), ...(part.file ? { content: (await part.toBuffer()).toString() } : {}) });
      return seen;
    });
    app.post('/file', async request => {
      const part = await request.file();
      return part ? { filename: part.filename, content: (await part.toBuffer()).toString() } : { none: true };
    });
    app.post('/cut', async request => {
      const part = await request.file({ throwFileSizeLimit: false });
      return { content: (await part.toBuffer()).toString(), truncated: part.file.truncated };
    });
  },
};

const part = (disposition, content, ...headers) => [`Content-Disposition: ${disposition}`, ...headers, '', content].join('\r\n');
const form = (...parts) => parts.map(each => `--b\r\n${each}\r\n`).join('') + '--b--\r\n';
const post = (app, payload, url = '/', type = 'multipart/form-data; boundary=b') => ({ app, method: 'POST', url, headers: { 'content-type': type }, payload });
const field = (name, value, ...headers) => part(`form-data; name="${name}"`, value, ...headers);
const file = (name, filename, value, ...headers) => part(`form-data; name="${name}"; filename="${filename}"`, value, ...headers);

export const requests = [
  post('values', form(field('a', '1'), field('b', 'two'), file('f', 'x.txt', 'content', 'Content-Type: text/plain'))),
  post('values', form(field('a', '1'), field('a', '2'), field('a', '3'))),
  post('values', form(field('j', '{"x": [1, null]}', 'Content-Type: application/json'))),
  post('values', form(field('j', '{bad', 'Content-Type: application/json'))),
  post('values', form(field('j', '{"__proto__": 1}', 'Content-Type: application/json'))),
  post('values', form(field('__proto__', 'x'))), post('values', form(field('toString', 'x'))), post('values', form(file('constructor', 'f', 'x'))),
  post('values', form(field('é', 'ü'))), post('values', form(field('a', ''))),
  post('values', 'preamble\r\n' + form(field('a', '1')) + 'epilogue'),
  post('values', form(field('a', 'with --b inside'), field('c', 'line\r\nline'))),
  post('values', form('Content-Type: text/plain\r\n\r\nno disposition', field('a', '1'))),
  post('values', form(part('attachment; name="x"', 'v'), field('a', '1'))),
  post('values', form(field('a', '1')), '/', 'multipart/form-data; boundary="b"'),
  post('values', '{"a":1}', '/', 'application/json'),
  post('parts', form(field('a', '12345678901234'), file('f', 'C:\\folder\\x.bin', '0123456789'))),
  post('parts', form(file('f', '../../etc/passwd', 'x', 'Content-Type: IMAGE/png', 'Content-Transfer-Encoding: binary'))),
  post('parts', form(part('form-data; name="o"', 'bytes', 'Content-Type: application/octet-stream'))),
  post('parts', form(field('a', '1'), field('b', '2'), field('c', '3'))),
  post('parts', form(file('a', 'a', '1'), file('b', 'b', '2'), file('c', 'c', '3'))),
  post('parts', form(field('a', '1'), file('b', 'b', '2'), field('c', '3'), file('d', 'd', '4'))),
  post('parts', form(file('f', 'x', '01234567890'))),
  post('parts', form(file('f', 'x', '01234567890')), '/cut'),
  post('parts', form(field('a', '1'), file('f', 'x.txt', 'hi')), '/file'), post('parts', form(field('a', '1')), '/file'),
  post('parts', '{}', '/', 'application/json'), post('parts', 'a=1', '/', 'application/x-www-form-urlencoded'),
];
