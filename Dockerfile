# The product with all that a cluster needs, run by an account of its own.
FROM python:3.12-slim

WORKDIR /src
COPY . .
RUN pip install --no-cache-dir --constraint constraints.txt '.[cluster]' \
    && useradd --uid 1000 --no-create-home fengping \
    && install --directory --owner fengping --group fengping /data \
    && rm -rf /src/*

# Configuration, key and evidence; `fengping init` writes its fengping.toml here too.
WORKDIR /data
VOLUME /data
ENV FENGPING_HOME=/data HOME=/tmp
USER fengping
EXPOSE 8501
CMD ["fengping", "web", "--port", "8501", "--headless"]
