// Shows the API's document, and sends the proof that a request comes from this page.
const place = document.getElementById("swagger");
const token = document.querySelector('meta[name="csrf-token"]').content;
SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  requestInterceptor: (request) => {
    if (!request.headers.Authorization) request.headers["X-CSRFToken"] = token;
    return request;
  },
});
