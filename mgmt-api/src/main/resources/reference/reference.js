'use strict';
// The key stays in this tab's session storage, where the console keeps it.
const key = sessionStorage.getItem('key');
if (key) {
  SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#reference',
    deepLinking: true,
    docExpansion: 'none',
    validatorUrl: null,
    requestInterceptor: request => {
      request.headers.Authorization = 'Bearer ' + key;
      return request;
    },
  });
}
