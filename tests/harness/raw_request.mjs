// One HTTP/1.1 request with exactly the headers given: fetch() would add its own.
import http from 'node:http';

/** Resolves to { status, headers: [[name, value], …] (names in lower case), body }. */
export function rawRequest(origin, { method = 'GET', path = '/', headers = {}, body } = {}) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const request = http.request({ host: hostname, port, method, path, headers, agent: false, timeout: 15_000 }, response => {
      const chunks = [];
      response.on('data', chunk => chunks.push(chunk)).on('error', reject).on('end', () => {
        const list = [];
        for (let i = 0; i < response.rawHeaders.length; i += 2) {
          list.push([response.rawHeaders[i].toLowerCase(), response.rawHeaders[i + 1]]);
        }
        resolve({ status: response.statusCode, headers: list, body: Buffer.concat(chunks).toString() });
      });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer to ${method} ${path} in 15 s`))).on('error', reject);
    request.end(body);
  });
}

/** The first value of a header, or undefined. */
export const headerOf = (response, name) => response.headers.find(([key]) => key === name)?.[1];
